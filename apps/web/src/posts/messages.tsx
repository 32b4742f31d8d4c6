import { Anchor, Text } from '@mantine/core';
import { useId } from 'react';
import { type Publication } from '../api/queries.js';
import { TimeText } from '../ui/time-text.js';
import classes from './posts.module.css';

interface MessagesProps {
  publication: Publication;
  platformName: string;
}

/** What is out of a thread and what is not, each message with its address. Says nothing of a post that stands alone. */
export function Messages({ publication: { segments }, platformName }: MessagesProps) {
  const heading = useId();
  if (segments.length < 2) return null;
  const isThread = segments.filter(({ kind }) => kind !== 'comment').length > 1;
  const out = segments.filter(({ state }) => state === 'published').length;
  return (
    <div>
      <Text size="sm" c="dimmed" mb={4} id={heading}>
        {out} of {segments.length} messages are out
      </Text>
      <ol className={classes['messages']} aria-labelledby={heading}>
        {segments.map(({ position, kind, state, publishedAt, permalink }) => {
          const name = kind === 'comment' ? 'First comment' : isThread ? `Part ${position + 1}` : 'The post';
          return (
            <li key={position} className={classes['message']} data-segment={state}>
              <span>{name}</span>
              <Text span inherit c="dimmed">
                {state === 'published' && publishedAt !== null ? <TimeText at={publishedAt} /> : 'Not out'}
              </Text>
              {permalink !== null && (
                <Anchor
                  href={permalink}
                  target="_blank"
                  rel="noreferrer"
                  inherit
                  className={classes['messageLink'] ?? ''}
                  aria-label={`Open ${name.toLowerCase()} on ${platformName}`}
                >
                  Open
                </Anchor>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
