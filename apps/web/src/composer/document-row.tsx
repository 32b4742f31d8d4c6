import { Button, Group, Text } from '@mantine/core';
import { FORMAT_SETTING } from '#platforms/core';
import { type Media } from '../api/queries.js';
import classes from './composer.module.css';
import { channelTitle, type SelectedChannel, useComposer } from './context.js';
import { documentFacts, documentRules, takingOf } from './documents.js';
import { altTextPlace } from './places.js';

interface DocumentWordsProps {
  media: Media;
  /** The place of the part that it belongs to. */
  at: number | undefined;
}

/** What a document is, which of the chosen networks take it, and how it gets to those that take it as a post of its own kind. */
export function DocumentWords({ media, at }: DocumentWordsProps) {
  const { selected, tab, dispatch } = useComposer();
  const shown = selected.filter(({ channel }) => tab === undefined || channel.id === tab);
  const takings = shown.map((item) => ({ item, taking: takingOf(item, channelTitle(item, selected)) }));
  const choose = ({ channel }: SelectedChannel, formatId: string) =>
    dispatch({ type: 'setting', channelId: channel.id, name: FORMAT_SETTING, value: formatId });
  return (
    <div id={altTextPlace(media.id, at)} tabIndex={-1}>
      <Text size="sm" fw={600} className={classes['fileName'] ?? ''}>
        {media.filename}
      </Text>
      <Text size="xs" c="dimmed">
        {documentFacts(media)}
      </Text>
      {takings.length > 0 && (
        <ul className={classes['rules']} aria-label="Which networks take it">
          {documentRules(takings.map(({ taking }) => taking)).map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      )}
      <Group gap="xs">
        {takings.map(
          ({ item, taking }) =>
            taking.takes === 'as' && (
              <Button
                key={item.channel.id}
                size="compact-sm"
                variant="default"
                mt={6}
                onClick={() => choose(item, taking.formatId)}
              >
                Choose “{taking.formatLabel}” on {taking.title}
              </Button>
            ),
        )}
      </Group>
    </div>
  );
}
