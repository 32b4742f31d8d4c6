import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { networkName, type SelectedChannel, useComposer } from './context.js';
import { FindingList } from './finding-list.js';
import { isShownAt } from './findings.js';
import classes from './composer.module.css';
import { PLACES } from './places.js';

const FINDINGS = `${PLACES.link}-findings`;

/** The link of all channels, or of the one whose tab is open. */
export function LinkPart() {
  const { draft, dispatch, selected, tab, findings } = useComposer();
  const item = selected.find(({ channel }) => channel.id === tab);
  const shown = findings.filter((finding) => finding.cause.part === 'link' && isShownAt(finding, tab));
  // Where nothing could be entered, nothing is offered; a link that stands there already can be taken out.
  if (item && !mayLink(item) && (item.target.link ?? draft.link).trim() === '') return null;
  return (
    <section className={classes['part']}>
      {item && item.target.link === undefined ? (
        <CommonLink item={item} />
      ) : (
        <TextInput
          id={PLACES.link}
          type="url"
          label={item ? `Link on ${networkName(item)}` : 'Link'}
          placeholder={item ? 'No link here' : 'https://'}
          autoComplete="off"
          inputMode="url"
          leftSection={<IconLink size={17} aria-hidden />}
          aria-describedby={FINDINGS}
          error={shown.length > 0}
          value={item?.target.link ?? draft.link}
          onChange={(event) => dispatch({ type: 'link', value: event.currentTarget.value, channelId: tab })}
        />
      )}
      {item && item.target.link !== undefined && (
        <Button
          size="compact-sm"
          variant="subtle"
          mt={6}
          onClick={() => dispatch({ type: 'common-link', channelId: item.channel.id })}
        >
          Use the common link again
        </Button>
      )}
      <FindingList id={FINDINGS} findings={shown} />
    </section>
  );
}

/** Whether the network has a link beside the text, in the format that is chosen there. */
function mayLink({ channel: { limits } }: SelectedChannel): boolean {
  return limits.link.supported;
}

function CommonLink({ item }: { item: SelectedChannel }) {
  const { draft, dispatch } = useComposer();
  const channelId = item.channel.id;
  const name = networkName(item);
  const link = draft.link.trim();
  const mayDiffer = mayLink(item);
  return (
    <>
      <Text size="sm" fw={550}>
        Link
      </Text>
      <Text size="sm" c="dimmed" truncate>
        {link === '' ? 'None.' : link}
      </Text>
      <Group gap="xs" mt={6}>
        {mayDiffer && (
          <Button
            id={PLACES.link}
            size="compact-sm"
            variant="default"
            onClick={() => dispatch({ type: 'own-link', channelId })}
          >
            Use a different link on {name}
          </Button>
        )}
        {link !== '' && (
          <Button
            {...(!mayDiffer && { id: PLACES.link })}
            size="compact-sm"
            variant="default"
            onClick={() => dispatch({ type: 'link', value: '', channelId })}
          >
            Leave the link out on {name}
          </Button>
        )}
      </Group>
    </>
  );
}
