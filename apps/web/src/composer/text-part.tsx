import { Button, Group, Text, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconPencil } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import classes from './composer.module.css';
import { networkName, type SelectedChannel, useComposer } from './context.js';
import { CounterRow } from './counter-row.js';
import { countFollowing, type Following } from './draft.js';
import { FindingList } from './finding-list.js';
import { isShownAt } from './findings.js';
import { PLACES } from './places.js';

const FINDINGS = `${PLACES.text}-findings`;

/** The text of all channels, or of the one whose tab is open. */
export function TextPart() {
  const { draft, dispatch, selected, tab, findings } = useComposer();
  const item = selected.find(({ channel }) => channel.id === tab);
  const shown = findings.filter((finding) => finding.cause.part === 'text' && isShownAt(finding, tab));
  const others = findings.filter(({ cause }) => cause.part === 'other');
  const isCommon = item !== undefined && item.target.text === undefined;
  return (
    <section>
      {isCommon ? (
        <CommonText item={item} />
      ) : (
        <TextBox
          key={tab ?? 'all'}
          label={item ? `Text for ${networkName(item)}` : 'Text'}
          value={item?.target.text ?? draft.text}
          onChange={(value) => dispatch({ type: 'text', value, channelId: tab })}
          invalid={shown.length > 0}
          isOwn={item !== undefined}
        />
      )}
      {item && !isCommon && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          onClick={() => dispatch({ type: 'common-text', channelId: item.channel.id })}
        >
          Use the common text again
        </Button>
      )}
      <FollowingNote following={item ? (item.target.following ?? draft.following) : draft.following} />
      <CounterRow items={item ? [item] : selected} />
      <FindingList id={FINDINGS} findings={[...shown, ...others]} />
    </section>
  );
}

/** What the editor has no fields for is at least named. */
function FollowingNote({ following }: { following: Following | undefined }) {
  const count = countFollowing(following);
  if (count === 0) return null;
  return (
    <Text size="sm" c="dimmed" my="xs">
      {count === 1 ? 'One more message follows' : `${count} more messages follow`} below the post: its thread and first
      comment, as they were written by the API. They stay as they are.
    </Text>
  );
}

interface TextBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  invalid: boolean;
  /** Written for one channel: then it takes the focus as soon as it is there. */
  isOwn: boolean;
}

function TextBox({ label, value, onChange, invalid, isOwn }: TextBoxProps) {
  const ref = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const box = ref.current;
    // The button that led here is gone, and the focus with it.
    if (!isOwn || !box || document.activeElement !== document.body) return;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }, [isOwn]);
  return (
    <Textarea
      ref={ref}
      id={PLACES.text}
      aria-label={label}
      aria-describedby={FINDINGS}
      aria-invalid={invalid || undefined}
      placeholder="What do you want to say?"
      variant="unstyled"
      minRows={6}
      maxRows={24}
      classNames={{ input: classes['text'] ?? '' }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
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
