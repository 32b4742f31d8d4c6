import { Alert, Button, Group, List, Modal, Progress, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemAlert } from '../ui/problem-alert.js';
import classes from './bulk-dialog.module.css';
import {
  askForPreview,
  type BulkRun,
  type Resolution,
  type SupportAction,
  type SupportPreview,
  useBulk,
} from './bulk.js';
import { type AttentionFilter } from './queries.js';

const WORDS: Record<SupportAction, { title: string; verb: string }> = {
  retry: { title: 'Retry', verb: 'Retry' },
  hold: { title: 'Hold', verb: 'Hold' },
  release: { title: 'Release', verb: 'Release' },
  resolve: { title: 'Resolve', verb: 'Resolve' },
  reconcile: { title: 'Look again', verb: 'Look up' },
};

interface BulkDialogProps {
  action: SupportAction;
  chosen: { ids: string[] } | { filter: AttentionFilter };
  /** @param done whether something was carried out */
  onClose: (done: boolean) => void;
}

/** Says what an action will do to each of many publications, and does it when the person agrees. */
export function BulkDialog({ action, chosen, onClose }: BulkDialogProps) {
  const [resolution, setResolution] = useState<Resolution>();
  const { run, start } = useBulk();
  const [asked] = useState(() => Date.now());
  const ready = action !== 'resolve' || resolution !== undefined;
  const preview = useQuery({
    queryKey: ['support-preview', action, resolution, chosen, asked],
    queryFn: ({ signal }) => askForPreview({ action, ...chosen, ...(resolution && { resolution }) }, signal),
    enabled: ready,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const close = () => onClose(run !== undefined);
  return (
    <Modal opened onClose={close} title={WORDS[action].title} size="lg" closeOnClickOutside={!run || run.ended}>
      <Stack gap="md">
        {action === 'resolve' && !run && <WhatWasSeen value={resolution} onChange={setResolution} />}
        {preview.isFetching && (
          <div aria-busy="true">
            <span className="visually-hidden" role="status">
              Looking at what this will do
            </span>
            <Skeleton height={96} />
          </div>
        )}
        <ProblemAlert error={preview.error} />
        {preview.data && !run && <Sentences preview={preview.data} />}
        {run && <Outcome run={run} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close} disabled={run !== undefined && !run.ended}>
            {run ? 'Close' : 'Not now'}
          </Button>
          {!run && (
            <Button
              disabled={!preview.data || preview.data.done === 0}
              onClick={() => preview.data && void start(preview.data)}
            >
              {WORDS[action].verb} {preview.data && preview.data.done > 0 ? preview.data.done : ''}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function WhatWasSeen({ value, onChange }: { value: Resolution | undefined; onChange: (value: Resolution) => void }) {
  return (
    <Radio.Group
      label="What did you see on the accounts?"
      value={value ?? ''}
      onChange={(seen) => onChange(seen as Resolution)}
    >
      <Stack gap="sm" mt="xs">
        <Radio value="published" label="They are there" description="They are marked as published. Nothing is sent." />
        <Radio
          value="not-published"
          label="They are not there: publish them"
          description="They are sent again at once."
        />
      </Stack>
    </Radio.Group>
  );
}

function Sentences({ preview: { groups, items, total } }: { preview: SupportPreview }) {
  if (total === 0) return <Text size="sm">Nothing is found any more.</Text>;
  return (
    <>
      <ul className={classes['groups']} aria-label="What will happen">
        {groups.map(({ sentence, outcome }) => (
          <li key={sentence} data-outcome={outcome}>
            {outcome === 'done' ? (
              <IconCircleCheck size={18} aria-hidden className={classes['sign']} />
            ) : (
              <IconInfoCircle size={18} aria-hidden className={classes['sign']} />
            )}
            <Text size="sm">{sentence}</Text>
          </li>
        ))}
      </ul>
      <details className={classes['items']}>
        <summary>{items.length < total ? `The first ${items.length} of ${total}` : 'One by one'}</summary>
        <List size="sm" spacing="xs" mt="xs">
          {items.map(({ id, text, channelName, workspaceName, sentence }) => (
            <List.Item key={id}>
              <strong>{text.trim().slice(0, 80) || 'A post without text'}</strong>, {channelName}, {workspaceName}:{' '}
              {sentence}
            </List.Item>
          ))}
        </List>
      </details>
    </>
  );
}

function Outcome({ run: { total, results, ended, error } }: { run: BulkRun }) {
  const skipped = results.filter(({ outcome }) => outcome === 'skipped');
  const kept = results.filter(({ outcome, why }) => outcome === 'done' && why !== undefined);
  const done = results.length - skipped.length;
  return (
    <>
      <Progress value={total === 0 ? 100 : (results.length / total) * 100} aria-label="Progress" />
      <div role="status">
        <Text size="sm" fw={600}>
          {ended ? `Done: ${done}. Left as they are: ${skipped.length}.` : `${results.length} of ${total}`}
        </Text>
      </div>
      {[...reasons(skipped), ...reasons(kept)].map(([why, count]) => (
        <Alert key={why} color="gray" icon={<IconInfoCircle aria-hidden />}>
          {count}: {why}
        </Alert>
      ))}
      <ProblemAlert error={error} />
    </>
  );
}

/** The reasons, each with how many share it. */
function reasons(results: BulkRun['results']): [why: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { why } of results) if (why !== undefined) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts];
}
