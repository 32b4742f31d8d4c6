import { Button, CloseButton, FileButton, Group } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { ProblemAlert } from '../ui/problem-alert.js';
import classes from './comments.module.css';
import { type Attachments } from './use-attachments.js';

/** The files of a comment that is being written, and the button for more. */
export function AttachmentsPart({ attachments }: { attachments: Attachments }) {
  const { files, busy, error, add, remove } = attachments;
  return (
    <>
      {files.length > 0 && (
        <ul className={classes['attachments']} aria-label="Attached">
          {files.map(({ id, filename }) => (
            <li key={id}>
              <Group gap={4} wrap="nowrap">
                <img className={classes['attachment']} src={`/v1/media/${id}/content?width=200`} alt={filename} />
                <CloseButton size={40} aria-label={`Take ${filename} away`} onClick={() => remove(id)} />
              </Group>
            </li>
          ))}
        </ul>
      )}
      <ProblemAlert error={error} />
      <div>
        <FileButton multiple accept="image/*" onChange={add}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="subtle"
              className={classes['flushWide'] ?? ''}
              loading={busy}
              leftSection={<IconPaperclip size={15} aria-hidden />}
            >
              Attach images
            </Button>
          )}
        </FileButton>
      </div>
    </>
  );
}
