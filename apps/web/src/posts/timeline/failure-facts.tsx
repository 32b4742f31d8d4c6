import { Anchor, Group } from '@mantine/core';
import { CopyIcon } from '../../ui/copy-button.js';
import parts from '../posts.module.css';
import { connectionWords } from './connection-words.js';
import { type LogEntry } from './log-evidence.js';

type Failure = NonNullable<LogEntry['failure']>;

/** Whether the platform said anything beyond our own sentence. */
export function hasFacts({ platformCode, platformMessage, requestId, docs }: Failure): boolean {
  return [platformCode, platformMessage, requestId, docs].some((fact) => fact !== undefined);
}

/** What the platform itself said about a failure: its words, its code, the id its support asks for. */
export function FailureFacts({ failure: { platformCode, platformMessage, requestId, docs } }: { failure: Failure }) {
  return (
    <dl className={parts['facts']}>
      {platformMessage !== undefined && (
        <>
          <dt>What came back</dt>
          <dd>{connectionWords(platformMessage) ?? `“${platformMessage}”`}</dd>
        </>
      )}
      {platformCode !== undefined && (
        <>
          <dt>Code</dt>
          <dd>{platformCode}</dd>
        </>
      )}
      {requestId !== undefined && (
        <>
          <dt>Request id</dt>
          <dd>
            <Group gap={4} wrap="nowrap">
              <span>{requestId}</span>
              <CopyIcon text={() => requestId} label="Copy the request id" />
            </Group>
          </dd>
        </>
      )}
      {docs !== undefined && (
        <>
          <dt>More</dt>
          <dd>
            <Anchor href={docs} target="_blank" rel="noreferrer" inherit>
              What the network writes about it
            </Anchor>
          </dd>
        </>
      )}
    </dl>
  );
}
