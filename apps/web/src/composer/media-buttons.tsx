import { ActionIcon, Group } from '@mantine/core';
import { IconAdjustments, IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { type Media } from '../api/queries.js';
import { AdjustDialog } from '../media/adjust-dialog.js';
import { choicesOf } from '../media/choices.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './composer.module.css';
import { fileChannel, useComposer } from './context.js';
import { type MediaItem, type Message } from './draft.js';
import { usePlansOf } from './media-changes.js';

interface MediaButtonsProps {
  item: MediaItem;
  message: Message;
  at: number | undefined;
  index: number;
  count: number;
  /** `image 1`, `video 2 of part 2` */
  name: string;
  media: Media | undefined;
  onMove: (to: number) => void;
}

/** What can be done with one file of a post. */
export function MediaButtons({ item, message, at, index, count, name, media, onMove }: MediaButtonsProps) {
  const { dispatch } = useComposer();
  const look = { variant: 'subtle', color: 'gray', size: 'lg' } as const;
  return (
    <Group gap={2} wrap="nowrap" className={classes['imageButtons'] ?? ''}>
      {media && media.kind !== 'document' && (
        <AdjustButton item={item} message={message} at={at} name={name} media={media} />
      )}
      {count > 1 && (
        <>
          <ActionIcon {...look} aria-label={`Move ${name} up`} disabled={index === 0} onClick={() => onMove(index - 1)}>
            <IconArrowUp size={17} aria-hidden />
          </ActionIcon>
          <ActionIcon
            {...look}
            aria-label={`Move ${name} down`}
            disabled={index === count - 1}
            onClick={() => onMove(index + 1)}
          >
            <IconArrowDown size={17} aria-hidden />
          </ActionIcon>
        </>
      )}
      <ActionIcon
        {...look}
        aria-label={`Remove ${name}`}
        onClick={() => dispatch({ type: 'remove-media', id: item.id, ...message })}
      >
        <IconTrash size={17} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

type AdjustButtonProps = Pick<MediaButtonsProps, 'item' | 'message' | 'at' | 'name'> & { media: Media };

function AdjustButton({ item, message, at, name, media }: AdjustButtonProps) {
  const { dispatch, selected, workspace } = useComposer();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const plans = usePlansOf(item, at);
  return (
    <>
      <ActionIcon
        ref={button}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={`Adjust ${name}`}
        title="Crop, trim, cover"
        onClick={() => setOpen(true)}
      >
        <IconAdjustments size={17} aria-hidden />
      </ActionIcon>
      {isOpen && (
        <AdjustDialog
          workspaceId={workspace.id}
          name={name}
          media={media}
          choices={choicesOf(item)}
          plans={plans}
          channelOf={(id) => {
            const channel = fileChannel(id, selected);
            return channel && { name: channel.name, sign: <PlatformIcon platform={channel.platform} size={15} /> };
          }}
          onApply={(choices) => dispatch({ type: 'adjust-media', id: item.id, choices, ...message })}
          onClose={() => {
            setOpen(false);
            // The dialog is gone at once, and with it what would lead the focus back.
            requestAnimationFrame(() => button.current?.focus());
          }}
        />
      )}
    </>
  );
}
