import { Button, Group, Modal, NumberInput, Progress, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMay } from '../app/workspace.js';
import { formErrorsOf } from '../api/problem.js';
import { type Schema } from '../api/client.js';
import { bytesInWords } from '../media/words.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { quotaQuery } from './queries.js';
import { useSetQuota } from './use-changes.js';

const GIGABYTE = 1_000_000_000;
const MOST_GB = 1_000_000;
/** From here on the bar warns. */
const NEARLY_FULL = 0.9;

/** How much of its storage a workspace uses. */
export function QuotaBar({ workspaceId }: { workspaceId: string }) {
  const { data: quota } = useQuery(quotaQuery(workspaceId));
  const mayChange = useMay('storage.manage');
  const [isChanging, setChanging] = useState(false);
  if (!quota) return null;
  const part = quota.allowedBytes === 0 ? 1 : quota.usedBytes / quota.allowedBytes;
  const words = `${bytesInWords(quota.usedBytes)} of ${bytesInWords(quota.allowedBytes)} used`;
  return (
    <Stack gap={6} component="section" aria-label="Storage">
      <Progress
        value={Math.min(100, part * 100)}
        color={part >= 1 ? 'red' : part >= NEARLY_FULL ? 'orange' : 'iris'}
        size="sm"
        aria-label={words}
      />
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          {words}
        </Text>
        {mayChange && (
          <Button variant="subtle" size="compact-xs" onClick={() => setChanging(true)}>
            Change
          </Button>
        )}
      </Group>
      {part >= NEARLY_FULL && (
        <Text size="xs">
          {part >= 1 ? 'No further file is taken.' : 'It is nearly full.'} Delete what no post needs any more.
        </Text>
      )}
      {isChanging && <QuotaDialog workspaceId={workspaceId} quota={quota} onClose={() => setChanging(false)} />}
    </Stack>
  );
}

interface QuotaDialogProps {
  workspaceId: string;
  quota: Schema<'MediaQuotaDto'>;
  onClose: () => void;
}

function QuotaDialog({ workspaceId, quota, onClose }: QuotaDialogProps) {
  const change = useSetQuota(workspaceId);
  const [isDefault, setDefault] = useState(quota.isDefault);
  const [gigabytes, setGigabytes] = useState<number | string>(quota.allowedBytes / GIGABYTE);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const allowed = isDefault ? null : Math.round(Number(gigabytes) * GIGABYTE);
    change.mutate(allowed, { onSuccess: onClose });
  };
  const wrong = formErrorsOf(change.error)['allowedBytes'];
  return (
    <Modal opened onClose={onClose} title="Storage of this workspace">
      <form onSubmit={submit}>
        <Stack>
          <Switch
            label="As much as every workspace gets"
            checked={isDefault}
            onChange={(event) => setDefault(event.currentTarget.checked)}
          />
          <NumberInput
            label="Gigabytes"
            description="Less than is used already refuses further files and takes none away."
            min={0}
            max={MOST_GB}
            decimalScale={3}
            required={!isDefault}
            disabled={isDefault}
            value={gigabytes}
            onChange={setGigabytes}
            {...(wrong !== undefined && { error: wrong })}
          />
          <ProblemAlert error={change.error} shown={(field) => field === 'allowedBytes'} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={change.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
