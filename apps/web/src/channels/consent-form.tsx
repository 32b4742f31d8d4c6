import { Alert, Anchor, Button, Checkbox, Group, List, Loader, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconExternalLink } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { fieldErrorsOf } from '../api/problem.js';
import { channelsQuery } from '../api/queries.js';
import { useMe, useWorkspace } from '../app/workspace.js';
import { isSetUp } from '../installation/app-words.js';
import { setupQuery } from '../installation/apps.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import classes from './channels.module.css';
import { type Connection, type ConnectWay, type Platform } from './connections.js';
import { type Consent } from './consent.js';
import { Ways } from './connect-ways.js';
import { ShareQuestion } from './credentials-form.js';
import { NotSetUp } from './not-set-up.js';
import { useArrivalFocus } from './use-arrival-focus.js';
import { useConnect } from './use-connect.js';
import { useConsent } from './use-consent.js';

interface ConsentFormProps {
  platform: Platform;
  scopes: readonly string[];
  requiredScopes: readonly string[];
  /** Where there are several; the first is offered first. */
  ways: readonly ConnectWay[];
  practice: boolean;
  onConnected: (connection: Connection) => void;
}

/** For a network that asks on a page of its own: opens it, waits, and shows what came of it. */
export function ConsentForm({ platform, ways, practice, onConnected, ...only }: ConsentFormProps) {
  const { workspaces } = useMe();
  const { data: setup } = useQuery(setupQuery);
  const usable = ways.find(({ id }) => isSetUp(setup, platform.id, id)) ?? ways[0];
  const [chosen, setChosen] = useState<string>();
  const way = ways.find(({ id }) => id === chosen) ?? (practice ? ways[0] : usable);
  const { scopes, requiredScopes } = way ?? only;
  const notSetUp = !practice && !isSetUp(setup, platform.id, way?.id);
  const [acceptShared, setAcceptShared] = useState(false);
  const [begun, setBegun] = useState<Connection>();
  const start = useConnect((connection) => {
    setBegun(connection);
    openPage(connection.authorizationUrl);
  });
  const begin = (mayShare: boolean) => {
    setBegun(undefined);
    setAcceptShared(mayShare);
    start.mutate({
      ...{ platform: platform.id, practice, acceptShared: mayShare, chooseChannels: true },
      ...(way && { way: way.id }),
    });
  };
  if (begun) {
    return (
      <Waiting
        begun={begun}
        network={platform.name}
        onConnected={onConnected}
        onAgain={() => setBegun(undefined)}
        onShare={() => begin(true)}
      />
    );
  }
  return (
    <Stack gap="md">
      <Text size="sm">
        {platform.name} asks for your permission on a page of its own. It opens in a new tab; this page waits and goes
        on by itself.
      </Text>
      {way && <Ways ways={ways} chosen={way.id} onChoose={setChosen} network={platform.name} />}
      <Permissions scopes={scopes} requiredScopes={requiredScopes} />
      {workspaces.length > 1 && (
        <Checkbox
          checked={acceptShared}
          onChange={(event) => setAcceptShared(event.currentTarget.checked)}
          label="Add channels that another workspace publishes to as well"
        />
      )}
      {notSetUp || isNotSetUp(start.error) ? (
        <NotSetUp network={platform.name} practice={platform.practice.available} ways={ways.length} />
      ) : (
        <ProblemAlert error={start.error} />
      )}
      <Group justify="space-between">
        <Anchor href={platform.docs} target="_blank" rel="noreferrer" size="sm">
          <Group gap={4} component="span" wrap="nowrap">
            {platform.name}’s documentation <IconExternalLink size={14} aria-hidden />
          </Group>
        </Anchor>
        <BeginButton onClick={() => begin(acceptShared)} loading={start.isPending} disabled={notSetUp}>
          {practice ? `Go to the practice ${platform.name}` : `Go to ${platform.name}`}
        </BeginButton>
      </Group>
    </Stack>
  );
}

function BeginButton(props: { onClick: () => void; loading: boolean; disabled: boolean; children: string }) {
  const ref = useArrivalFocus<HTMLButtonElement>();
  return <Button ref={ref} size="md" {...props} />;
}

/** Whether the operator has not entered this installation's app at the network yet. */
function isNotSetUp(error: unknown): boolean {
  return fieldErrorsOf(error).some(({ rule }) => rule === 'app-missing');
}

/** Opens a network's page in a tab of its own, which must not be able to steer this one. */
export function openPage(address: string | undefined): void {
  const tab = address === undefined ? null : window.open(address, '_blank');
  if (tab) tab.opener = null;
}

function Permissions({ scopes, requiredScopes }: Pick<ConsentFormProps, 'scopes' | 'requiredScopes'>) {
  return (
    <div>
      <Text size="sm" fw={550}>
        Permissions that are asked for
      </Text>
      <List size="sm" mt={4}>
        {scopes.map((scope) => (
          <List.Item key={scope}>
            {scope}
            {!requiredScopes.includes(scope) && (
              <Text span inherit c="dimmed">
                {' '}
                (optional)
              </Text>
            )}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

interface WaitingProps {
  begun: Connection;
  network: string;
  onConnected: (connection: Connection) => void;
  onAgain: () => void;
  /** Begins again with a yes to publishing from both workspaces. */
  onShare: () => void;
}

function Waiting({ begun, network, onConnected, onAgain, onShare }: WaitingProps) {
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  const consent = useConsent(begun);
  const outcome = useArrivalFocus<HTMLDivElement>();
  const connection = consent.state === 'connected' ? consent.connection : undefined;
  useEffect(() => {
    if (!connection) return;
    void queryClient.invalidateQueries({ queryKey: channelsQuery(workspace.id).queryKey });
    onConnected(connection);
  }, [connection, onConnected, queryClient, workspace.id]);
  return (
    <div ref={outcome} tabIndex={-1} className={classes['arrival']}>
      <Outcome consent={consent} network={network} page={begun.authorizationUrl} onAgain={onAgain} onShare={onShare} />
    </div>
  );
}

interface OutcomeProps extends Pick<WaitingProps, 'network' | 'onAgain' | 'onShare'> {
  consent: Consent;
  /** The address of the consent page. */
  page: string | undefined;
}

function Outcome({ consent, network, page, onAgain, onShare }: OutcomeProps) {
  switch (consent.state) {
    case 'connected':
      return <Text role="status">Connected.</Text>;
    case 'shared':
      return <ShareQuestion busy={false} onYes={onShare} />;
    case 'failed':
      return (
        <Alert role="alert" color="red" icon={<IconAlertCircle aria-hidden />} title="Not connected">
          <Text size="sm">
            {consent.message} {consent.remedy}
          </Text>
          <Button mt="sm" variant="default" onClick={onAgain}>
            Begin again
          </Button>
        </Alert>
      );
    case 'waiting':
      return (
        <Stack gap="md" align="center" py="lg">
          <Loader aria-hidden />
          <Text role="status" ta="center">
            Waiting for your answer on the page of {network}.
          </Text>
          <Text size="sm" c="dimmed" ta="center">
            No page has opened?{' '}
            <Anchor href={page} target="_blank" rel="noreferrer" inherit underline="always">
              Open it here
            </Anchor>
            . It works for 15 minutes.
          </Text>
          <Button variant="subtle" color="gray" onClick={onAgain}>
            Cancel
          </Button>
        </Stack>
      );
  }
}
