import { ActionIcon, Group, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { type Channel, type Post } from '../../api/queries.js';
import { WaitingNote } from '../../inbox/waiting-note.js';
import { LinkButton } from '../../ui/links.js';
import { PlatformIcon } from '../../ui/platform-icon.js';
import { TimeText } from '../../ui/time-text.js';
import classes from './drafts.module.css';

/** More pictures than these are counted. */
const PICTURES = 3;

interface DraftRowProps {
  draft: Post;
  /** All of the workspace. */
  channels: readonly Channel[];
  /** The workspace's zone. */
  zone: string;
  mayEdit: boolean;
  deleting: boolean;
  onDelete: () => void;
}

/** A draft: what it says, where it is meant to go, and what can be done with it. */
export function DraftRow({ draft, channels, zone, mayEdit, deleting, onDelete }: DraftRowProps) {
  const text = draft.content.text.trim();
  const meant = draft.channels
    .map(({ id }) => channels.find((channel) => channel.id === id))
    .filter((found) => !!found);
  const params = { workspaceId: draft.workspaceId, postId: draft.id };
  const textId = `draft-${draft.id}`;
  return (
    <li className={classes['row']}>
      <div className={classes['body']}>
        <p className={classes['text']} id={textId} {...(!text && { 'data-empty': true })}>
          {text || 'No text yet'}
        </p>
        {draft.approval && (
          <Text size="xs" component="div" mb={4}>
            <WaitingNote approval={draft.approval} />
          </Text>
        )}
        <Group gap="sm" c="dimmed" fz="xs">
          {meant.length > 0 ? <Meant channels={meant} /> : <span>No channel chosen yet</span>}
          <span>
            Changed <TimeText at={draft.updatedAt} zone={zone} />
          </span>
        </Group>
      </div>
      <Pictures media={draft.media.map(({ id }) => id)} />
      {mayEdit && (
        <Group gap="xs" wrap="nowrap" className={classes['actions']}>
          <LinkButton
            to="/w/$workspaceId/compose/$postId"
            params={params}
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            aria-describedby={textId}
            className={classes['touch']}
          >
            Continue
          </LinkButton>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={40}
            aria-label="Delete the draft"
            aria-describedby={textId}
            loading={deleting}
            onClick={onDelete}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      )}
    </li>
  );
}

/** Where it is meant to go. */
function Meant({ channels }: { channels: readonly Channel[] }) {
  const [first, ...others] = channels;
  return (
    <Group component="span" gap={6} wrap="nowrap">
      {channels.map(({ id, platform }) => (
        <PlatformIcon key={id} platform={platform} size={16} />
      ))}
      <Text component="span" inherit truncate>
        {first?.name}
        {others.length > 0 && ` and ${others.length} more`}
      </Text>
    </Group>
  );
}

function Pictures({ media }: { media: readonly string[] }) {
  if (media.length === 0) return null;
  return (
    <span className={classes['pictures']}>
      <span className="visually-hidden">
        {media.length} {media.length === 1 ? 'image' : 'images'}
      </span>
      {media.slice(0, PICTURES).map((id) => (
        <img key={id} src={`/v1/media/${id}/content?width=200`} alt="" loading="lazy" width={48} height={48} />
      ))}
      {media.length > PICTURES && (
        <Text component="span" size="xs" fw={600} c="dimmed" aria-hidden>
          +{media.length - PICTURES}
        </Text>
      )}
    </span>
  );
}
