import { Button, Group, Progress, Text } from '@mantine/core';
import { useMay } from '../app/workspace.js';
import { notifyError } from '../ui/notify.js';
import classes from './changes.module.css';
import { type PlannedMedia } from './changes.js';
import { type RenditionProgress, renditionAddress, useRendition, useRenditionChange } from './renditions.js';
import { percentInWords, remainingInWords } from './words.js';

interface RenditionStatusProps {
  rendition: RenditionProgress;
  output: PlannedMedia['output'];
  /** What it is called beside its buttons: `the video for Mastodon`. */
  name: string;
  /** Whether the made file can be looked at here. */
  withFile?: boolean;
}

/** How far a version is: its progress, the file when it is made, and why where it could not be made. */
export function RenditionStatus({ rendition: known, output, name, withFile = true }: RenditionStatusProps) {
  const rendition = useRendition(known);
  const { id, state } = rendition;
  return (
    <div className={classes['rendition']} data-rendition={state}>
      <div role="status">
        <Words rendition={rendition} />
      </div>
      {state === 'running' && (
        <Progress value={(rendition.progress ?? 0) * 100} aria-label={`Making ${name}`} mt={6} maw={320} />
      )}
      {withFile && state === 'ready' && output === 'video' && (
        <video
          className={classes['player']}
          src={renditionAddress(id)}
          controls
          preload="metadata"
          playsInline
          aria-label={`The made version: ${name}`}
        />
      )}
      <RenditionButtons id={id} state={state} name={name} />
    </div>
  );
}

/** What is told aloud of it has no percentages: they stand beside. */
function Words({ rendition: { state, progress, remainingMs, failure } }: { rendition: RenditionProgress }) {
  switch (state) {
    case 'waiting':
      return (
        <Text size="xs" c="dimmed">
          Waiting to be made.
        </Text>
      );
    case 'running':
      return (
        <Text size="xs" c="dimmed">
          Being made
          <span aria-hidden className="tabular">
            {progress !== undefined && `, ${percentInWords(progress)}`}
            {remainingMs !== undefined && `, ${remainingInWords(remainingMs)}`}
          </span>
          .
        </Text>
      );
    case 'ready':
      return (
        <Text size="xs" c="dimmed">
          Made and checked.
        </Text>
      );
    case 'failed':
      return (
        <Text size="xs" c="var(--mantine-color-error)">
          {failure ? `${failure.message} ${failure.remedy}` : 'It could not be made. Try again.'}
        </Text>
      );
    case 'cancelled':
      return (
        <Text size="xs" c="dimmed">
          Its making was stopped. What needs it is held.
        </Text>
      );
  }
}

function RenditionButtons({ id, state, name }: { id: string; state: RenditionProgress['state']; name: string }) {
  const [mayStop, mayRetry] = [useMay('posts.write'), useMay('publications.mend')];
  const change = useRenditionChange(id);
  const send = (what: 'cancel' | 'retry') => change.mutate(what, { onError: notifyError });
  const isStoppable = mayStop && (state === 'waiting' || state === 'running');
  const isRepeatable = mayRetry && (state === 'failed' || state === 'cancelled');
  if (!isStoppable && !isRepeatable) return null;
  return (
    <Group gap="xs" mt={6}>
      {isStoppable && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Stop making ${name}`}
          loading={change.isPending}
          onClick={() => send('cancel')}
        >
          Stop
        </Button>
      )}
      {isRepeatable && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Make ${name} again`}
          loading={change.isPending}
          onClick={() => send('retry')}
        >
          Make it again
        </Button>
      )}
    </Group>
  );
}
