import { Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp, IconPencil } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import classes from './composer.module.css';
import { networkName, type SelectedChannel, useComposer } from './context.js';
import { CounterRow } from './counter-row.js';
import { FindingList } from './finding-list.js';
import { isShownAt } from './findings.js';
import { PLACES } from './places.js';
import { SplitOffer } from './split-offer.js';
import { TextBox } from './text-box.js';
import { useMayThread, useThread } from './use-thread.js';

const FINDINGS = `${PLACES.text}-findings`;

/** The text of all channels, or of the one whose tab is open. */
export function TextPart() {
  const { draft, selected, tab, findings } = useComposer();
  const item = selected.find(({ channel }) => channel.id === tab);
  const shown = findings.filter(
    (finding) => finding.cause.part === 'text' && finding.cause.at === undefined && isShownAt(finding, tab),
  );
  const others = findings.filter(({ cause }) => cause.part === 'other');
  const isCommon = item !== undefined && item.target.text === undefined;
  return (
    <section>
      {isCommon ? <CommonText item={item} /> : <OwnText item={item} invalid={shown.length > 0} />}
      <CounterRow items={item ? [item] : selected} />
      <FindingList id={FINDINGS} findings={[...shown, ...others]} />
      {!isCommon && <SplitOffer findings={shown} message={{ text: item?.target.text ?? draft.text }} />}
    </section>
  );
}

function OwnText({ item, invalid }: { item: SelectedChannel | undefined; invalid: boolean }) {
  const { draft, dispatch, tab } = useComposer();
  const { parts, splitAtCursor } = useThread();
  const mayThread = useMayThread(item);
  const ref = useRef<HTMLTextAreaElement>(null);
  const isOwn = item !== undefined;
  useEffect(() => {
    const box = ref.current;
    // The button that led here is gone, and the focus with it.
    if (!isOwn || !box || document.activeElement !== document.body) return;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }, [isOwn]);
  const isThread = mayThread && parts.length > 0;
  const name = isThread ? `Text of part 1 of ${parts.length + 1}` : 'Text';
  const text = item?.target.text ?? draft.text;
  return (
    <>
      {isThread && (
        <Text size="sm" fw={600} mb={4} aria-hidden>
          Part 1 of {parts.length + 1}
        </Text>
      )}
      <TextBox
        key={tab ?? 'all'}
        ref={ref}
        id={PLACES.text}
        label={item ? `${name} for ${networkName(item)}` : name}
        describedBy={FINDINGS}
        placeholder="What do you want to say?"
        minRows={isThread ? 3 : 6}
        value={text}
        onChange={(value) => dispatch({ type: 'text', value, channelId: tab })}
        invalid={invalid}
        onSplit={mayThread ? (before, after) => splitAtCursor({ text }, before, after) : undefined}
      />
      {item && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          onClick={() => dispatch({ type: 'common-text', channelId: item.channel.id })}
        >
          Use the common text again
        </Button>
      )}
    </>
  );
}

function CommonText({ item }: { item: SelectedChannel }) {
  const { draft, dispatch } = useComposer();
  const name = networkName(item);
  const aside = item.target.asideText;
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) ref.current?.focus();
  }, []);
  return (
    <div className={classes['common']}>
      <Text size="xs" c="dimmed" fw={550} mb={4}>
        The common text
      </Text>
      {draft.text.trim() === '' ? (
        <Text size="md" c="dimmed">
          Nothing is written yet.
        </Text>
      ) : (
        <Text size="md" className={classes['written']}>
          {draft.text}
        </Text>
      )}
      <Group gap="xs" mt="sm">
        <Button
          ref={ref}
          id={PLACES.text}
          size="xs"
          variant="default"
          leftSection={<IconPencil size={15} aria-hidden />}
          onClick={() => dispatch({ type: 'own-text', channelId: item.channel.id })}
        >
          {aside === undefined ? `Write a different text for ${name}` : `Bring back your text for ${name}`}
        </Button>
      </Group>
    </div>
  );
}
