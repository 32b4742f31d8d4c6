import { ActionIcon, Alert, Button, Menu, Paper, Text, Title } from '@mantine/core';
import {
  IconDots,
  IconInfoCircle,
  IconPlugConnected,
  IconPlugConnectedX,
  IconPlugOff,
  IconPlus,
} from '@tabler/icons-react';
import { type Channel } from '../api/queries.js';
import { useMay, useWorkspace } from '../app/workspace.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import { TimeText } from '../ui/time-text.js';
import { mayReconnect, whyDisconnected } from './channel-health.js';
import { ChannelRow } from './channel-row.js';
import classes from './channels.module.css';
import { ConnectionFacts } from './connection-facts.js';
import { ConnectionNotice } from './connection-notice.js';
import { noticeOf } from './connection-words.js';
import { type Connection, type Platform } from './connections.js';
import { useDisconnect } from './use-disconnect.js';

interface ConnectionCardProps {
  connection: Connection;
  channels: readonly Channel[];
  platform: Platform | undefined;
  onReconnect: () => void;
  /** Chooses among the places that the account reaches. */
  onChoose: () => void;
}

/** An account and the channels that are reached through it. */
export function ConnectionCard({ connection, channels, platform, onReconnect, onChoose }: ConnectionCardProps) {
  const mayManage = useMay('channels.manage');
  const network = platform?.name ?? connection.platform;
  const account = connection.account?.name ?? connection.account?.handle ?? network;
  const down = connection.status === 'disconnected';
  const { health } = connection;
  const workspace = useWorkspace();
  const notice = noticeOf(health, network);
  return (
    <Paper withBorder component="section" aria-label={`${network}: ${account}`}>
      <div className={classes['head']}>
        <PlatformIcon platform={connection.platform} size={32} />
        <div className={classes['about']}>
          <Title order={2} size="h4">
            {network}
          </Title>
          <Text size="sm" c="dimmed" truncate>
            {whoSignedIn(connection, account)}
          </Text>
          {/* What ends soon is said by the warning below. */}
          {health.status === 'healthy' && health.validUntil && !health.renewsAt && (
            <Text size="sm" c="dimmed">
              {health.expiryNote === null ? 'Valid until' : `${health.expiryNote} ends`}{' '}
              <TimeText at={health.validUntil} zone={workspace.timeZone} />
            </Text>
          )}
        </div>
        {mayManage && (mayReconnect(connection) || !down) && (
          <AccountActions
            connection={connection}
            account={account}
            network={network}
            onReconnect={onReconnect}
            onChoose={platform?.connect.type === 'oauth' ? onChoose : undefined}
          />
        )}
      </div>
      {down && <Down connection={connection} mayManage={mayManage} account={account} onReconnect={onReconnect} />}
      {notice && (
        <ConnectionNotice notice={notice} radius={0}>
          {mayManage && (
            <Button mt="sm" variant="default" onClick={onReconnect} aria-label={`Reconnect ${account}`}>
              Reconnect
            </Button>
          )}
        </ConnectionNotice>
      )}
      {!connection.practice && platform?.notice !== undefined && (
        <Alert color="yellow" radius={0} icon={<IconInfoCircle aria-hidden />}>
          {platform.notice}
        </Alert>
      )}
      {connection.choosing && channels.length === 0 && (
        <NothingChosen mayManage={mayManage} account={account} onChoose={onChoose} />
      )}
      <ul className={classes['list']}>
        {channels.map((channel) => (
          <ChannelRow key={channel.id} channel={channel} platform={platform} />
        ))}
      </ul>
      <ConnectionFacts connection={connection} name={account} />
    </Paper>
  );
}

/** Whose it is, or was; nobody's any more once its person had their data deleted. */
function whoSignedIn({ account, status }: Connection, name: string): string {
  if (status !== 'disconnected') return `Signed in as ${name}`;
  return account ? `Was signed in as ${name}` : 'The account’s data was deleted';
}

interface ActionsProps {
  connection: Connection;
  account: string;
  network: string;
  onReconnect: () => void;
  /** Left out where an account is one place to publish. */
  onChoose: (() => void) | undefined;
}

function AccountActions({ connection, account, network, onReconnect, onChoose }: ActionsProps) {
  const disconnect = useDisconnect(connection, network);
  return (
    <Menu position="bottom-end" shadow="md" width={220} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={40} aria-label={`Actions for ${account} on ${network}`}>
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayReconnect(connection) && (
          <Menu.Item leftSection={<IconPlugConnected size={16} aria-hidden />} onClick={onReconnect}>
            Reconnect
          </Menu.Item>
        )}
        {onChoose && connection.status === 'connected' && (
          <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} onClick={onChoose}>
            Add channels
          </Menu.Item>
        )}
        {connection.status !== 'disconnected' && (
          <Menu.Item
            c="var(--mantine-color-error)"
            leftSection={<IconPlugOff size={16} aria-hidden />}
            onClick={() => void disconnect()}
          >
            Disconnect
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The account is connected, and nobody has said yet where to publish. */
function NothingChosen({
  mayManage,
  account,
  onChoose,
}: {
  mayManage: boolean;
  account: string;
  onChoose: () => void;
}) {
  return (
    <Alert color="blue" radius={0} icon={<IconInfoCircle aria-hidden />} title="No channel is chosen yet">
      <Text size="sm">This account reaches several places. Choose those on which this workspace publishes.</Text>
      {mayManage && (
        <Button mt="sm" variant="default" onClick={onChoose} aria-label={`Choose channels of ${account}`}>
          Choose channels
        </Button>
      )}
    </Alert>
  );
}

interface DownProps {
  connection: Connection;
  account: string;
  mayManage: boolean;
  onReconnect: () => void;
}

function Down({ connection, account, mayManage, onReconnect }: DownProps) {
  const { message, remedy } = whyDisconnected(connection);
  const { revocation } = connection.health;
  const again = mayReconnect(connection);
  return (
    <Alert color="red" radius={0} icon={<IconPlugConnectedX aria-hidden />} title="Nothing can be published here">
      <Text size="sm">
        {message} {remedy}
        {again && ' What is scheduled is held and goes on when the account is connected again.'}
      </Text>
      {revocation?.failure && (
        <Text size="sm" mt="xs">
          {revocation.failure.message}{' '}
          {revocation.state === 'failed' ? revocation.failure.remedy : 'It is tried again by itself.'}
        </Text>
      )}
      {mayManage && again && (
        <Button mt="sm" onClick={onReconnect} aria-label={`Reconnect ${account}`}>
          Reconnect
        </Button>
      )}
    </Alert>
  );
}
