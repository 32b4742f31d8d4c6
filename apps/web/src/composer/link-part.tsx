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

function CommonLink({ item: { channel, ...rest } }: { item: SelectedChannel }) {
  const { draft, dispatch } = useComposer();
  const name = networkName({ channel, ...rest });
  const link = draft.link.trim();
  return (
    <>
      <Text size="sm" fw={550}>
        Link
      </Text>
      <Text size="sm" c="dimmed" truncate>
        {link === '' ? 'None.' : link}
      </Text>
      <Group gap="xs" mt={6}>
        <Button
          id={PLACES.link}
          size="compact-sm"
          variant="default"
          onClick={() => dispatch({ type: 'own-link', channelId: channel.id })}
        >
          Use a different link on {name}
        </Button>
        {link !== '' && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => dispatch({ type: 'link', value: '', channelId: channel.id })}
          >
            Leave the link out on {name}
          </Button>
        )}
      </Group>
    </>
  );
}
