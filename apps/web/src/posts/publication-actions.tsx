import { Button, Group, Stack } from '@mantine/core';
import {
  IconEye,
  IconHandStop,
  IconPencil,
  IconPlayerPlay,
  IconPlugConnected,
  IconRefresh,
  IconX,
} from '@tabler/icons-react';
import { useState } from 'react';
import { type Publication } from '../api/queries.js';
import { useMay } from '../app/workspace.js';
import { confirm } from '../ui/confirm.js';
import { LinkButton } from '../ui/links.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { usePublicationChange, useResumeChannel } from './actions.js';
import { mayCancel, mayHold, mayRetry, needsCorrection } from './permitted.js';
import { ResolveDialog } from './resolve-dialog.js';

interface PublicationActionsProps {
  publication: Publication;
  channelName: string;
  platformName: string;
}

/** What a person can do about a publication as it stands. A refusal is said right here. */
export function PublicationActions({ publication, channelName, platformName }: PublicationActionsProps) {
  const { id, postId, workspaceId, channelId, state, heldReason } = publication;
  const mayWrite = useMay('posts.write', workspaceId);
  const mayMend = useMay('publications.mend', workspaceId);
  const mayManage = useMay('channels.manage', workspaceId);
  const change = usePublicationChange(id, postId);
  const resume = useResumeChannel(workspaceId);
  const [resolving, setResolving] = useState(false);
  // Sent again as it is, it would be refused again.
  const correctable = mayWrite && needsCorrection(publication);
  const busy = (kind: string) => change.isPending && change.variables.kind === kind;

  const retry = () => change.mutate({ kind: 'retry' }, { onSuccess: () => notifyDone('It is tried again now.') });
  const cancel = async () => {
    if (!(await confirm(cancelQuestion(state, channelName)))) return;
    change.mutate({ kind: 'cancel' }, { onSuccess: () => notifyDone('It is cancelled and does not go out.') });
  };

  return (
    <Stack gap="sm">
      <Group gap="xs">
        {mayMend && state === 'unconfirmed' && (
          <Button size="sm" leftSection={<IconEye size={16} aria-hidden />} onClick={() => setResolving(true)}>
            Say whether it is there
          </Button>
        )}
        {correctable && (
          <LinkButton
            size="sm"
            to="/w/$workspaceId/compose/$postId"
            params={{ workspaceId, postId }}
            leftSection={<IconPencil size={16} aria-hidden />}
          >
            Edit and send again
          </LinkButton>
        )}
        {mayMend && mayRetry(publication) && (
          <Button
            size="sm"
            variant={state === 'scheduled' || correctable ? 'default' : 'filled'}
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={busy('retry')}
            onClick={retry}
          >
            {state === 'scheduled' ? 'Try now' : 'Retry'}
          </Button>
        )}
        {mayMend && mayHold(publication) && (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconHandStop size={16} aria-hidden />}
            loading={busy('hold')}
            onClick={() =>
              change.mutate({ kind: 'hold' }, { onSuccess: () => notifyDone('It is held until somebody releases it.') })
            }
          >
            Hold
          </Button>
        )}
        {mayMend && heldReason === 'held-by-person' && (
          <Button
            size="sm"
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            loading={busy('release')}
            onClick={() => change.mutate({ kind: 'release' }, { onSuccess: () => notifyDone('It may go out again.') })}
          >
            Release
          </Button>
        )}
        {heldReason === 'channel-disconnected' && mayManage && (
          <LinkButton
            size="sm"
            to="/w/$workspaceId/channels"
            params={{ workspaceId }}
            leftSection={<IconPlugConnected size={16} aria-hidden />}
          >
            Reconnect
          </LinkButton>
        )}
        {heldReason === 'channel-paused' && mayManage && (
          <Button
            size="sm"
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            loading={resume.isPending}
            onClick={() => resume.mutate(channelId, { onSuccess: () => notifyDone(`${channelName} is resumed.`) })}
          >
            Resume the channel
          </Button>
        )}
        {mayWrite && mayCancel(publication) && (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconX size={16} aria-hidden />}
            loading={busy('cancel')}
            onClick={() => void cancel()}
          >
            {state === 'failed' ? 'Give up' : 'Cancel publication'}
          </Button>
        )}
      </Group>
      <ProblemAlert error={change.error ?? resume.error} />
      {resolving && (
        <ResolveDialog
          publication={publication}
          channelName={channelName}
          platformName={platformName}
          onClose={() => setResolving(false)}
        />
      )}
    </Stack>
  );
}

function cancelQuestion(state: Publication['state'], channelName: string) {
  if (state === 'failed') {
    return {
      title: `Give up on ${channelName}?`,
      children: 'It is not tried again, also when the post is corrected. What was written stays.',
      confirm: 'Give up',
      dismiss: 'Keep it',
      danger: true,
    };
  }
  return {
    title: `Cancel it on ${channelName}?`,
    children: 'It does not go out on this channel. The other channels of the post are not touched.',
    confirm: 'Cancel publication',
    dismiss: 'Keep it',
    danger: true,
  };
}
