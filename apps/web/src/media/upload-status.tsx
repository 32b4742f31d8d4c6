import { Progress, Text } from '@mantine/core';
import classes from './media.module.css';
import { isUnderWay, partOf, type UploadItem } from './upload-item.js';
import { uploadInWords, uploadsAloud } from './upload-words.js';

/** Name and progress of an upload, or why it was refused. */
export function UploadStatus({ item }: { item: UploadItem }) {
  const percent = Math.floor(partOf(item) * 100);
  return (
    <div className={classes['status']} data-upload={item.state}>
      <Text size="sm" fw={550} truncate title={item.name}>
        {item.name}
      </Text>
      {isUnderWay(item) && (
        <Progress
          value={percent}
          aria-label={`Uploading ${item.name}`}
          color={item.state === 'interrupted' ? 'yellow' : 'iris'}
          animated={item.state === 'checking'}
          my={6}
        />
      )}
      <Text
        size="xs"
        {...(item.state === 'refused' ? { className: classes['refused'] ?? '' } : { c: 'dimmed' })}
        data-words
      >
        <span className="tabular">{uploadInWords(item)}</span>
      </Text>
      {/* What changes by itself is said aloud, its percentages are not. */}
      <span className="visually-hidden" role="status">
        {uploadsAloud([item])}
      </span>
    </div>
  );
}
