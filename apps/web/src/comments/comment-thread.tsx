import { Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconMapPin } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { type CommentActions, CommentEntry } from './comment-entry.js';
import classes from './comments.module.css';
import { type FileKind, fileWords } from './file-words.js';
import { type CommentItem, type ItemAnchor } from './item.js';
import { VisibilityBadge } from './visibility-badge.js';

interface CommentThreadProps {
  thread: CommentItem;
  actions: CommentActions;
  /** As it stands at its point of an image, or at its video. */
  number?: number | undefined;
  /** What kind of file it is about; left out where that is not known. */
  fileKind?: FileKind | undefined;
  active?: boolean;
  /** Leads to the place that it is about. */
  onShowPlace?: (() => void) | undefined;
  /** The form of an answer; left out where nobody may answer. */
  replyForm?: ((close: () => void) => ReactNode) | undefined;
  /** Left out for those who may not. */
  onResolve?: ((resolved: boolean) => void) | undefined;
  resolving?: boolean;
  /** Of its element, to lead there. */
  id?: string;
}

/** A comment, the answers to it, and what can be done about them. An item of a list. */
export function CommentThread(props: CommentThreadProps) {
  const { thread, actions, number, fileKind, active = false, onShowPlace, id } = props;
  const { visibility, anchor, resolvedAt, resolvedBy } = thread;
  const marks = (
    <>
      {visibility && !thread.deleted && <VisibilityBadge visibility={visibility} />}
      {number !== undefined && (
        <Text size="xs" c="dimmed">
          {fileWords(fileKind).numbered(number)}
        </Text>
      )}
    </>
  );
  return (
    <li
      className={classes['thread']}
      data-visibility={visibility}
      data-active={active || undefined}
      id={id}
      tabIndex={-1}
    >
      <article aria-label={thread.deleted ? 'A deleted comment' : `Comment of ${thread.author.name}`}>
        <div className={classes['entry']}>
          <CommentEntry
            comment={thread}
            actions={actions}
            marks={marks}
            about={anchor && <About anchor={anchor} fileKind={fileKind} onShowPlace={onShowPlace} />}
          />
        </div>
        {thread.replies.length > 0 && (
          <ul className={classes['replies']} aria-label="Answers">
            {thread.replies.map((reply) => (
              <li key={reply.id}>
                <CommentEntry comment={reply} actions={actions} />
              </li>
            ))}
          </ul>
        )}
        {resolvedAt !== null && (
          <Text size="xs" c="dimmed" px="sm" py={6}>
            Resolved{resolvedBy && ` by ${resolvedBy.name}`}
          </Text>
        )}
        <Foot {...props} />
      </article>
    </li>
  );
}

interface AboutProps extends Pick<CommentThreadProps, 'fileKind' | 'onShowPlace'> {
  anchor: ItemAnchor;
}

/** What a comment is about. */
function About({ anchor, fileKind, onShowPlace }: AboutProps) {
  const words = fileWords(fileKind);
  return (
    <div>
      {anchor.type === 'text' && <blockquote className={classes['quote']}>{anchor.quote}</blockquote>}
      {anchor.outdated && (
        <Text size="xs" c="dimmed" mt={4}>
          {anchor.type === 'text'
            ? `About revision ${anchor.revision}. The post says something else here now.`
            : words.gone(anchor.revision)}
        </Text>
      )}
      {!anchor.outdated && onShowPlace && (
        <Button
          size="compact-xs"
          variant="subtle"
          mt={2}
          className={classes['flush'] ?? ''}
          leftSection={<IconMapPin size={14} aria-hidden />}
          onClick={onShowPlace}
        >
          {anchor.type === 'text' ? 'Show in the text' : `Show on the ${words.name}`}
        </Button>
      )}
    </div>
  );
}

function Foot({ thread, replyForm, onResolve, resolving = false }: CommentThreadProps) {
  const [answering, setAnswering] = useState(false);
  if (answering && replyForm) {
    return <div className={classes['foot']}>{replyForm(() => setAnswering(false))}</div>;
  }
  if (!replyForm && !onResolve) return null;
  const resolved = thread.resolvedAt !== null;
  return (
    <Group gap="xs" className={classes['foot'] ?? ''}>
      {replyForm && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={15} aria-hidden />}
          onClick={() => setAnswering(true)}
        >
          Answer
        </Button>
      )}
      {onResolve && (
        <Button
          size="xs"
          variant="subtle"
          loading={resolving}
          leftSection={resolved ? undefined : <IconCheck size={15} aria-hidden />}
          onClick={() => onResolve(!resolved)}
        >
          {resolved ? 'Open again' : 'Resolve'}
        </Button>
      )}
    </Group>
  );
}
