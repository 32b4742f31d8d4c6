import { ActionIcon, Button, FileButton, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { notifyRefused } from '../ui/notify.js';
import { type LeftBehind } from './left-behind.js';
import classes from './media.module.css';
import { uploaderOf } from './uploader.js';
import { type LeftBehindView } from './use-left-behind.js';
import { bytesInWords } from './words.js';

/** Uploads that a reload or a closed tab interrupted: the file, chosen again, goes on where it stopped. */
export function LeftBehindList({ left: { items, discard } }: { left: LeftBehindView }) {
  if (items.length === 0) return null;
  return (
    <ul className={classes['trayItems']} aria-label="Unfinished uploads">
      {items.map((one) => (
        <li key={one.key} className={classes['trayItem']}>
          <div className={classes['status']}>
            <Text size="sm" fw={550} truncate title={one.name}>
              {one.name}
            </Text>
            <Text size="xs" c="dimmed" mb={6}>
              {bytesInWords(one.bytes)}. Its upload was interrupted. Choose the same file again, and it goes on where it
              stopped.
            </Text>
            <FileButton onChange={(file) => goOn(one, file)}>
              {(props) => (
                <Button {...props} size="xs" variant="default">
                  Choose the file
                </Button>
              )}
            </FileButton>
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`Discard the upload of ${one.name}`}
            onClick={() => discard(one)}
          >
            <IconTrash size={17} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

function goOn(one: LeftBehind, file: File | null): void {
  if (!file) return;
  if (file.name === one.name && file.size === one.bytes) uploaderOf(one.workspaceId).add([file]);
  else notifyRefused('This is another file', `Choose ${one.name}, ${bytesInWords(one.bytes)}.`);
}
