import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp, IconMessagePlus, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { notifyDone } from '../ui/notify.js';
import classes from './composer.module.css';
import { channelTitle, networkName, type SelectedChannel, useComposer } from './context.js';
import { CounterRow } from './counter-row.js';
import { counterOf } from './counters.js';
import { FindingList } from './finding-list.js';
import { isShownAt } from './findings.js';
import { focusPlace, PLACES } from './places.js';
import { TextBox } from './text-box.js';

const FINDINGS = `${PLACES.comment}-findings`;

/** The first comment of all channels, or of the one whose tab is open. */
export function CommentSection() {
  const { selected, tab, draft, findings } = useComposer();
  const [isOpen, setOpen] = useState(false);
  const item = selected.find(({ channel }) => channel.id === tab);
  const value = item ? item.content.firstComment : draft.firstComment;
  const shown = findings.filter((finding) => finding.cause.part === 'comment' && isShownAt(finding, tab));
  const mayComment = item
    ? item.supports.firstComment
    : value !== '' || selected.length === 0 || selected.some(({ supports }) => supports.firstComment);
  if (!mayComment && shown.length === 0) return null;
  const isOwn = item?.target.firstComment !== undefined;
  const begin = () => {
    setOpen(true);
    focusPlace(PLACES.comment);
  };
  return (
    <section className={classes['part']} aria-label="First comment">
      {item && mayComment && !isOwn && <CommonComment item={item} />}
      {(item ? isOwn && mayComment : isOpen || value !== '') && (
        <CommentField item={item} value={value} invalid={shown.length > 0} onClose={() => setOpen(false)} />
      )}
      {!item && !isOpen && value === '' && <Begin onBegin={begin} />}
      <FindingList id={FINDINGS} findings={shown} />
    </section>
  );
}

function Begin({ onBegin }: { onBegin: () => void }) {
  return (
    <Group gap="xs">
      <Button
        id={`${PLACES.comment}-begin`}
        size="xs"
        variant="default"
        leftSection={<IconMessagePlus size={16} aria-hidden />}
        onClick={onBegin}
      >
        Add a first comment
      </Button>
      <Text size="xs" c="dimmed" visibleFrom="xs">
        good for links and hashtags
      </Text>
    </Group>
  );
}

interface CommentFieldProps {
  item: SelectedChannel | undefined;
  value: string;
  invalid: boolean;
  onClose: () => void;
}

function CommentField({ item, value, invalid, onClose }: CommentFieldProps) {
  const { selected, tab, dispatch } = useComposer();
  const getting = item
    ? [item]
    : selected.filter(({ supports, target }) => supports.firstComment && target.firstComment === undefined);
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600} aria-hidden>
          First comment
        </Text>
        {item ? <CommonAgain item={item} /> : <Remove value={value} onClose={onClose} />}
      </Group>
      <Text size="xs" c="dimmed" mb={4}>
        Published by the same account below the post, once all of it is out. Good for links and hashtags: the post
        itself stays short.
      </Text>
      <TextBox
        id={PLACES.comment}
        label={item ? `First comment for ${networkName(item)}` : 'First comment'}
        describedBy={FINDINGS}
        placeholder={item ? 'No first comment here' : 'A link, hashtags, or a question'}
        minRows={2}
        value={value}
        onChange={(next) => dispatch({ type: 'first-comment', value: next, channelId: tab })}
        invalid={invalid}
      />
      <CounterRow label="Characters left in the first comment" items={getting.map((one) => counted(one, value))} />
      {!item && <Without value={value} />}
    </>
  );
}

function counted(item: SelectedChannel, text: string): SelectedChannel {
  return { ...item, counter: counterOf({ text, settings: item.content.settings }, item.channel.limits.text) };
}

/** The channels that get none. */
function Without({ value }: { value: string }) {
  const { selected } = useComposer();
  const names = selected
    .filter(({ content }) => content.firstComment.trim() === '')
    .map((one) => channelTitle(one, selected));
  if (value.trim() === '' || names.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" mt="xs">
      Without a first comment: {names.join(', ')}.
    </Text>
  );
}

function Remove({ value, onClose }: Pick<CommentFieldProps, 'value' | 'onClose'>) {
  const { dispatch } = useComposer();
  const remove = () => {
    dispatch({ type: 'first-comment', value: '' });
    onClose();
    focusPlace(`${PLACES.comment}-begin`);
    if (value.trim() === '') return;
    const undo = () => dispatch({ type: 'first-comment', value });
    notifyDone('The first comment is removed.', { label: 'Undo', onClick: undo });
  };
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Remove the first comment" onClick={remove}>
      <IconTrash size={17} aria-hidden />
    </ActionIcon>
  );
}

function CommonAgain({ item }: { item: SelectedChannel }) {
  const { dispatch } = useComposer();
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<IconArrowBackUp size={16} aria-hidden />}
      onClick={() => dispatch({ type: 'common-comment', channelId: item.channel.id })}
    >
      Use the common one again
    </Button>
  );
}

function CommonComment({ item }: { item: SelectedChannel }) {
  const { draft, dispatch } = useComposer();
  const channelId = item.channel.id;
  const name = networkName(item);
  const isThere = draft.firstComment.trim() !== '';
  const verb = isThere ? `Write a different first comment for ${name}` : `Write a first comment for ${name}`;
  return (
    <>
      {isThere && (
        <div className={classes['common']}>
          <Text size="xs" c="dimmed" fw={550} mb={4}>
            The common first comment
          </Text>
          <Text className={classes['written']}>{draft.firstComment}</Text>
        </div>
      )}
      <Group gap="xs" mt={isThere ? 'sm' : 0}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPencil size={15} aria-hidden />}
          onClick={() => {
            dispatch({ type: 'own-comment', channelId });
            focusPlace(PLACES.comment);
          }}
        >
          {item.target.asideComment === undefined ? verb : `Bring back your first comment for ${name}`}
        </Button>
        {isThere && (
          <Button size="xs" variant="default" onClick={() => dispatch({ type: 'first-comment', value: '', channelId })}>
            Leave the first comment out on {name}
          </Button>
        )}
      </Group>
    </>
  );
}
