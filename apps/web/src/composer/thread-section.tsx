import { Button, Group, Kbd, Text } from '@mantine/core';
import { IconArrowBackUp, IconPencil, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { KnownThumb } from '../media/thumb.js';
import classes from './composer.module.css';
import { channelTitle, networkName, type SelectedChannel, useComposer } from './context.js';
import { FindingList } from './finding-list.js';
import { isShownAt } from './findings.js';
import { PartEditor } from './part-editor.js';
import { PLACES } from './places.js';
import { useMayThread, useThread } from './use-thread.js';

/** What follows the first part: of all channels, or of the one whose tab is open. */
export function ThreadSection() {
  const { selected, tab, draft, findings } = useComposer();
  const item = selected.find(({ channel }) => channel.id === tab);
  const mayThread = useMayThread(item);
  const shown = findings.filter((finding) => finding.cause.part === 'thread' && isShownAt(finding, tab));
  const isCommon = item !== undefined && item.target.thread === undefined;
  if (!mayThread && shown.length === 0 && draft.thread.length === 0) return null;
  return (
    <section className={classes['part']} aria-label="Thread" id={PLACES.thread} tabIndex={-1}>
      {!item && <Editor />}
      {item && mayThread && (isCommon ? <CommonThread item={item} /> : <OwnThread item={item} />)}
      {item && !mayThread && shown.length === 0 && (
        <Text size="sm" c="dimmed">
          {withoutThread(item, networkName(item))}
        </Text>
      )}
      <FindingList findings={shown} />
    </section>
  );
}

/** The parts, and a button for one more. */
function Editor({ children }: { children?: ReactNode }) {
  const { selected, tab, draft } = useComposer();
  const { item, parts, isFull, add, move } = useThread();
  const [said, say] = useState('');
  const lacking =
    item || draft.thread.length === 0 ? [] : selected.filter(({ content }) => content.thread.length === 0);
  return (
    <>
      <ol className={classes['thread']}>
        {parts.map((part, index) => (
          <PartEditor
            key={part.key}
            part={part}
            index={index}
            onMove={(to) => {
              move(part, to);
              say(`Part ${index + 2} is now part ${to + 2} of ${parts.length + 1}.`);
            }}
          />
        ))}
      </ol>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          aria-keyshortcuts="Alt+Enter"
          disabled={isFull}
          onClick={() => add(parts.length)}
        >
          {item ? `Add a part for ${networkName(item)}` : 'Add a part'}
        </Button>
        {children}
        <Text size="xs" c="dimmed" visibleFrom="xs">
          {isFull ? (
            'A thread has at most 26 parts.'
          ) : (
            <>
              or <Kbd size="xs">Alt</Kbd> <Kbd size="xs">Enter</Kbd> where the next part begins
            </>
          )}
        </Text>
      </Group>
      {lacking.map((channel) => (
        <Text key={`${tab} ${channel.channel.id}`} size="sm" c="dimmed" mt="xs">
          {withoutThread(channel, channelTitle(channel, selected))}
        </Text>
      ))}
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </>
  );
}

/** What a channel gets in place of the thread. */
function withoutThread({ target }: SelectedChannel, name: string): string {
  return target.text === undefined ? `${name} gets part 1 alone.` : `${name} gets a text of its own, and no thread.`;
}

function OwnThread({ item }: { item: SelectedChannel }) {
  const { dispatch } = useComposer();
  return (
    <>
      {item.content.thread.length === 0 && (
        <Text size="sm" c="dimmed" mb="xs">
          No thread on {networkName(item)}.
        </Text>
      )}
      <Editor>
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          onClick={() => dispatch({ type: 'common-thread', channelId: item.channel.id })}
        >
          Use the common thread again
        </Button>
      </Editor>
    </>
  );
}

function CommonThread({ item }: { item: SelectedChannel }) {
  const { draft, dispatch } = useComposer();
  const { add } = useThread();
  const channelId = item.channel.id;
  const name = networkName(item);
  const write = () => {
    dispatch({ type: 'own-thread', channelId });
    if (draft.thread.length === 0 && item.target.asideThread === undefined) add(0);
  };
  const verb = draft.thread.length === 0 ? `Write a thread for ${name}` : `Write a different thread for ${name}`;
  return (
    <>
      {draft.thread.length > 0 && (
        <div className={classes['common']}>
          <Text size="xs" c="dimmed" fw={550} mb={4}>
            The common thread
          </Text>
          <ol className={classes['commonParts']} start={2}>
            {draft.thread.map(({ key, text, media }) => (
              <li key={key}>
                {text.trim() !== '' && <Text className={classes['written']}>{text}</Text>}
                {media.length > 0 && (
                  <Group gap="xs" mt={4}>
                    {media.map(({ id, altText }) => (
                      <KnownThumb key={id} id={id} altText={altText || 'No description yet'} />
                    ))}
                  </Group>
                )}
              </li>
            ))}
          </ol>
        </div>
      )}
      <Group gap="xs" mt={draft.thread.length > 0 ? 'sm' : 0}>
        <Button size="xs" variant="default" leftSection={<IconPencil size={15} aria-hidden />} onClick={write}>
          {item.target.asideThread === undefined ? verb : `Bring back your thread for ${name}`}
        </Button>
        {draft.thread.length > 0 && (
          <Button size="xs" variant="default" onClick={() => dispatch({ type: 'no-thread', channelId })}>
            Leave the thread out on {name}
          </Button>
        )}
      </Group>
    </>
  );
}
