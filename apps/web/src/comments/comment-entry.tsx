import { Anchor, Group, Menu, ActionIcon, Stack, Text } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { TimeText } from '../ui/time-text.js';
import classes from './comments.module.css';
import { type CommentItem } from './item.js';
import { piecesOf } from './mentions.js';

/** What can be done about comments. What is left out is not offered. */
export interface CommentActions {
  mayEdit?: (comment: CommentItem) => boolean;
  mayDelete?: (comment: CommentItem) => boolean;
  onDelete?: (comment: CommentItem) => void;
  /** The form in which a comment is changed. */
  editForm?: (comment: CommentItem, close: () => void) => ReactNode;
  /** Where an attached file is read. */
  attachmentAddress?: (id: string) => string;
}

interface CommentEntryProps {
  comment: CommentItem;
  actions: CommentActions;
  /** Beside the name: who sees it, its number. */
  marks?: ReactNode;
  /** Between the head and the words: what it is about. */
  about?: ReactNode;
}

/** One comment: who, when, what. */
export function CommentEntry({ comment, actions, marks, about }: CommentEntryProps) {
  const [editing, setEditing] = useState(false);
  if (comment.deleted) {
    return (
      <Text size="sm" c="dimmed" fs="italic">
        This comment was deleted.
      </Text>
    );
  }
  const { author, createdAt, editedAt } = comment;
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <div>
          <Group gap="xs">
            <Text size="sm" fw={600}>
              {author.name}
            </Text>
            {author.type === 'client' && (
              <Text size="xs" c="dimmed">
                Client
              </Text>
            )}
            {marks}
          </Group>
          <Text size="xs" c="dimmed">
            <TimeText at={createdAt} />
            {editedAt !== null && ', edited'}
          </Text>
        </div>
        <EntryMenu comment={comment} actions={actions} onEdit={() => setEditing(true)} />
      </Group>
      {about}
      {editing && actions.editForm ? (
        actions.editForm(comment, () => setEditing(false))
      ) : (
        <Text component="div" size="sm" className={classes['text'] ?? ''} dir="auto">
          {piecesOf(comment.text, comment.mentions).map(({ text, mention }, index) => (
            <span key={index} className={mention ? classes['mention'] : undefined}>
              {text}
            </span>
          ))}
        </Text>
      )}
      <Attachments comment={comment} address={actions.attachmentAddress} />
    </Stack>
  );
}

interface EntryMenuProps extends Pick<CommentEntryProps, 'comment' | 'actions'> {
  onEdit: () => void;
}

function EntryMenu({ comment, actions, onEdit }: EntryMenuProps) {
  const { mayEdit, mayDelete, onDelete, editForm } = actions;
  const edits = editForm !== undefined && mayEdit?.(comment) === true;
  const deletes = onDelete !== undefined && mayDelete?.(comment) === true;
  if (!edits && !deletes) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={40}
          aria-label={`What to do with the comment of ${comment.author.name}`}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {edits && (
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
            Edit
          </Menu.Item>
        )}
        {deletes && (
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => onDelete(comment)}>
            Delete
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface AttachmentsProps {
  comment: CommentItem;
  address: CommentActions['attachmentAddress'];
}

function Attachments({ comment: { attachments }, address }: AttachmentsProps) {
  if (attachments.length === 0 || !address) return null;
  return (
    <ul className={classes['attachments']} aria-label="Attached">
      {attachments.map(({ id, filename, altText }) => (
        <li key={id}>
          <Anchor href={address(id)} target="_blank" rel="noreferrer" title={filename}>
            <img className={classes['attachment']} src={address(id)} alt={altText || filename} loading="lazy" />
          </Anchor>
        </li>
      ))}
    </ul>
  );
}
