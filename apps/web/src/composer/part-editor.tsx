import { ActionIcon, Group, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import classes from './composer.module.css';
import { networkName, type SelectedChannel, useComposer } from './context.js';
import { CounterRow } from './counter-row.js';
import { counterOf } from './counters.js';
import { FindingList } from './finding-list.js';
import { isShownAt } from './findings.js';
import { MediaBox } from './media-box.js';
import { focusPlace, textPlace } from './places.js';
import { SplitOffer } from './split-offer.js';
import { TextBox } from './text-box.js';
import { type ThreadPart } from './thread.js';
import { useThread } from './use-thread.js';

interface PartEditorProps {
  part: ThreadPart;
  /** Its place among the further parts. */
  index: number;
  onMove: (to: number) => void;
}

/** One further part of a thread: its text, its images, and its place. */
export function PartEditor({ part, index, onMove }: PartEditorProps) {
  const { selected, tab, findings, dispatch } = useComposer();
  const { item, parts, splitAtCursor } = useThread();
  const place = textPlace(index);
  const name = `part ${index + 2} of ${parts.length + 1}`;
  const shown = findings.filter(
    ({ cause, ...finding }) => cause.part === 'text' && cause.at === index && isShownAt({ cause, ...finding }, tab),
  );
  const concerned = item ? [item] : selected.filter(({ supports, target }) => supports.thread && !target.thread);
  const message = { at: index, part: part.key, text: part.text };
  return (
    <li>
      <div className={classes['threadPart']} data-part={part.key} role="group" aria-label={`P${name.slice(1)}`}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" fw={600} aria-hidden>
            Part {index + 2} of {parts.length + 1}
          </Text>
          <PartButtons part={part} index={index} onMove={onMove} />
        </Group>
        <TextBox
          id={place}
          label={item ? `Text of ${name} for ${networkName(item)}` : `Text of ${name}`}
          describedBy={`${place}-findings`}
          placeholder="What comes next?"
          minRows={2}
          value={part.text}
          onChange={(value) => dispatch({ type: 'text', value, channelId: tab, part: part.key })}
          invalid={shown.length > 0}
          onSplit={(before, after) => splitAtCursor(message, before, after)}
        />
        <CounterRow label={`Characters left in part ${index + 2}`} items={concerned.map((one) => counted(one, part))} />
        <FindingList id={`${place}-findings`} findings={shown} />
        <SplitOffer findings={shown} message={message} />
        <MediaBox message={{ channelId: tab, part: part.key }} at={index} media={part.media} />
      </div>
    </li>
  );
}

/** A channel with how much it has left in this part. */
function counted(item: SelectedChannel, { text, media }: ThreadPart): SelectedChannel {
  return { ...item, counter: counterOf({ text, media, settings: item.content.settings }, item.channel.limits.text) };
}

function PartButtons({ part, index, onMove }: PartEditorProps) {
  const { parts, remove } = useThread();
  const name = `part ${index + 2}`;
  const last = parts.length - 1;
  const move = (to: number, button: 'up' | 'down') => {
    onMove(to);
    // The button went along with its part; at the end of the way only the other one is left.
    const other = button === 'up' ? 'down' : 'up';
    focusPlace(
      `${textPlace(to)}-${(button === 'up' && to === 0) || (button === 'down' && to === last) ? other : button}`,
    );
  };
  return (
    <Group gap={2} wrap="nowrap">
      {parts.length > 1 && (
        <>
          <ActionIcon
            id={`${textPlace(index)}-up`}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`Move ${name} up`}
            disabled={index === 0}
            onClick={() => move(index - 1, 'up')}
          >
            <IconArrowUp size={17} aria-hidden />
          </ActionIcon>
          <ActionIcon
            id={`${textPlace(index)}-down`}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`Move ${name} down`}
            disabled={index === last}
            onClick={() => move(index + 1, 'down')}
          >
            <IconArrowDown size={17} aria-hidden />
          </ActionIcon>
        </>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={`Remove ${name}`}
        onClick={() => remove(part, index)}
      >
        <IconTrash size={17} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
