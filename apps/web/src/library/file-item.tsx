import { Checkbox, UnstyledButton } from '@mantine/core';
import { type DragEvent, type MouseEvent } from 'react';
import { type Media } from '../api/queries.js';
import { TimeText } from '../ui/time-text.js';
import { FileThumb } from './file-thumb.js';
import classes from './files.module.css';
import { kindInWords, sizeInWords, usedInWords } from './words.js';

/** What can be done with a file where it is listed. */
export interface FileActions {
  onOpen: (id: string) => void;
  /** @param range up to it from the one that was chosen last */
  onChoose: (id: string, range: boolean) => void;
  /** Left out where files cannot be moved. */
  onDrag?: ((id: string, event: DragEvent) => void) | undefined;
}

interface FileItemProps extends FileActions {
  media: Media;
  isChosen: boolean;
  isRow: boolean;
}

/** A file of the library, as a card or as a row. */
export function FileItem({ media, isChosen, isRow, onOpen, onChoose, onDrag }: FileItemProps) {
  const { id, filename } = media;
  const open = (event: MouseEvent) => {
    if (event.shiftKey || event.metaKey || event.ctrlKey) onChoose(id, event.shiftKey);
    else onOpen(id);
  };
  return (
    <li
      className={classes[isRow ? 'row' : 'card']}
      data-chosen={isChosen || undefined}
      draggable={onDrag !== undefined}
      onDragStart={(event) => onDrag?.(id, event)}
    >
      <label className={classes['choose']}>
        <Checkbox
          className={classes['box'] ?? ''}
          aria-label={`Choose ${filename}`}
          checked={isChosen}
          readOnly
          onClick={(event) => onChoose(id, event.shiftKey)}
        />
      </label>
      <UnstyledButton className={classes['open'] ?? ''} onClick={open}>
        <span className={classes['frame']}>
          <FileThumb media={media} width={isRow ? 200 : 400} />
        </span>
        {isRow ? <Row media={media} /> : <Caption media={media} />}
        <span className="visually-hidden">{spokenOf(media)}</span>
      </UnstyledButton>
    </li>
  );
}

function Caption({ media }: { media: Media }) {
  return (
    <span className={classes['caption']}>
      <span className={classes['name']}>{media.filename}</span>
      <span className={classes['note']}>
        {sizeInWords(media)} · {usedInWords(media.used)}
      </span>
    </span>
  );
}

function Row({ media }: { media: Media }) {
  const wide = `${classes['note']} ${classes['wide']}`;
  return (
    <>
      <span>
        <span className={classes['name']}>{media.filename}</span>
        <span className={classes['note']}>{media.tags.join(', ')}</span>
        <span className={`${classes['note']} ${classes['narrow']}`}>
          {sizeInWords(media)} · {usedInWords(media.used)}
        </span>
      </span>
      <span className={wide}>{kindInWords(media)}</span>
      <span className={wide}>{sizeInWords(media)}</span>
      <span className={wide}>
        <TimeText at={media.createdAt} />
      </span>
      <span className={wide}>{usedInWords(media.used)}</span>
    </>
  );
}

/** What a screen reader says beside the name. */
function spokenOf(media: Media): string {
  const description = media.altText ?? (media.kind === 'document' ? '' : 'no description');
  return [kindInWords(media), description].filter(Boolean).join(', ');
}
