import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlugConnected } from '@tabler/icons-react';
import { may } from '../app/may.js';
import { useMe } from '../app/workspace.js';
import { useResumeChannel } from '../posts/actions.js';
import { LinkButton } from '../ui/links.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { type AffectedChannel, channelsOf } from './affected-channels.js';
import { type AttentionItem, type CauseCount } from './queries.js';

/** Where one channel stops many publications, the channel is mended: each is offered once. */
export function MendChannels({ cause, items }: { cause: CauseCount['cause']; items: readonly AttentionItem[] }) {
  const me = useMe();
  const channels = channelsOf(items).filter(({ workspaceId }) => may(me, 'channels.manage', workspaceId));
  if (cause === 'held:channel-paused') return channels.map((channel) => <Resume key={channel.id} channel={channel} />);
  if (cause !== 'held:channel-disconnected' && cause !== 'failed:auth') return null;
  return channels.map((channel) => <Reconnect key={channel.id} channel={channel} />);
}

function Reconnect({ channel: { name, workspaceId, workspaceName } }: { channel: AffectedChannel }) {
  return (
    <LinkButton
      size="sm"
      to="/w/$workspaceId/channels"
      params={{ workspaceId }}
      title={workspaceName}
      leftSection={<IconPlugConnected size={16} aria-hidden />}
    >
      Reconnect {name}
    </LinkButton>
  );
}

function Resume({ channel: { id, name, workspaceId, workspaceName } }: { channel: AffectedChannel }) {
  const resume = useResumeChannel(workspaceId);
  return (
    <Button
      size="sm"
      title={workspaceName}
      leftSection={<IconPlayerPlay size={16} aria-hidden />}
      loading={resume.isPending}
      onClick={() =>
        resume.mutate(id, {
          onSuccess: () => notifyDone(`${name} is resumed.`),
          onError: (error) => notifyError(error),
        })
      }
    >
      Resume {name}
    </Button>
  );
}
