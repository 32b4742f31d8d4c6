import { Text } from '@mantine/core';
import { type Media } from '../api/queries.js';
import classes from './composer.module.css';
import { channelTitle, useComposer } from './context.js';
import { documentFacts, documentRules, takingOf } from './documents.js';
import { altTextPlace } from './places.js';

interface DocumentWordsProps {
  media: Media;
  /** The place of the part that it belongs to. */
  at: number | undefined;
}

/** What a document is, and which of the chosen networks take it, as a post of which kind. */
export function DocumentWords({ media, at }: DocumentWordsProps) {
  const { selected, tab } = useComposer();
  const shown = selected.filter(({ channel }) => tab === undefined || channel.id === tab);
  const takings = shown.map((item) => takingOf(item, channelTitle(item, selected)));
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
          {documentRules(takings).map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
