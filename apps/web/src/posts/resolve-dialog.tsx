import { Alert, Anchor, Button, Group, List, Modal, Radio, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { formErrorsOf } from '../api/problem.js';
import { channelsQuery, type Publication } from '../api/queries.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { QueryView } from '../ui/query-view.js';
import { useDisplayZone } from '../ui/zone.js';
import { usePublicationChange } from './actions.js';
import classes from './posts.module.css';
import { instantsNear } from './instants.js';
import { logQuery } from './queries.js';
import { knownAboutOutcome } from './timeline/known.js';

type Outcome = 'published' | 'not-published';

interface ResolveDialogProps {
  publication: Pick<Publication, 'id' | 'postId' | 'workspaceId' | 'channelId' | 'dueAt'>;
  channelName: string;
  platformName: string;
  onClose: () => void;
}

/** A person looks at the account and decides about what no machine can tell. */
export function ResolveDialog({ publication, channelName, platformName, onClose }: ResolveDialogProps) {
  const { data: channels = [] } = useQuery(channelsQuery(publication.workspaceId));
  const address = channels.find(({ id }) => id === publication.channelId)?.url;
  return (
    <Modal opened onClose={onClose} title={`Is it there on ${channelName}?`} size="lg">
      <Stack gap="md">
        <Text size="sm">
          {platformName} did not say whether it accepted this post. Look at the account, then decide here.
        </Text>
        {address && (
          <Anchor href={address} target="_blank" rel="noreferrer" size="sm" fw={550}>
            <Group gap={6} component="span">
              <IconExternalLink size={16} aria-hidden />
              Open {channelName} on {platformName}
            </Group>
          </Anchor>
        )}
        <Known publication={publication} platformName={platformName} />
        <Decision publication={publication} platformName={platformName} onClose={onClose} />
      </Stack>
    </Modal>
  );
}

/** What the log knows of the attempt, in words. */
function Known({ publication, platformName }: Pick<ResolveDialogProps, 'publication' | 'platformName'>) {
  const log = useQuery(logQuery(publication.id));
  const zone = useDisplayZone();
  const now = new Date().toISOString();
  return (
    <section className={classes['known']} aria-label="What ClickPost knows">
      <Text size="sm" fw={600} mb={4}>
        What ClickPost knows
      </Text>
      <QueryView query={log} skeleton={<Skeleton height={66} />}>
        {(entries) => (
          <List size="sm" spacing={4}>
            {knownAboutOutcome(entries, platformName, instantsNear(now, zone, 'today')).map(({ id, words }) => (
              <List.Item key={id}>{words}</List.Item>
            ))}
          </List>
        )}
      </QueryView>
    </section>
  );
}

function Decision({ publication, platformName, onClose }: Omit<ResolveDialogProps, 'channelName'>) {
  const [outcome, setOutcome] = useState<Outcome>();
  const [permalink, setPermalink] = useState('');
  const [wrongAddress, setWrongAddress] = useState(false);
  const change = usePublicationChange(publication.id, publication.postId);
  const decide = (event: FormEvent) => {
    event.preventDefault();
    if (!outcome) return;
    const address = permalink.trim();
    const wrong = outcome === 'published' && address !== '' && !isWebAddress(address);
    setWrongAddress(wrong);
    if (wrong) return;
    const decision = outcome === 'published' && address !== '' ? { outcome, permalink: address } : { outcome };
    change.mutate(
      { kind: 'resolve', ...decision },
      {
        onSuccess: () => {
          notifyDone(outcome === 'published' ? 'It is marked as published.' : 'It is sent again now.');
          onClose();
        },
      },
    );
  };
  return (
    <form onSubmit={decide} noValidate>
      <Stack gap="md">
        <Radio.Group label="What did you see?" value={outcome ?? ''} onChange={(value) => setOutcome(value as Outcome)}>
          <Stack gap="sm" mt="xs">
            <Radio value="published" label="It is there" description="It is marked as published. Nothing is sent." />
            <Radio value="not-published" label="It is not there: publish it" description="It is sent again at once." />
          </Stack>
        </Radio.Group>
        {outcome === 'published' && (
          <TextInput
            label="Its address"
            description="Optional. People find the post by it later."
            type="url"
            placeholder="https://"
            value={permalink}
            onChange={(event) => setPermalink(event.currentTarget.value)}
            error={wrongAddress ? NO_ADDRESS : formErrorsOf(change.error)['permalink']}
          />
        )}
        {outcome === 'not-published' && (
          <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title="Look twice">
            If it is there after all, it will be there twice. ClickPost cannot take the second one back on{' '}
            {platformName}.
          </Alert>
        )}
        <ProblemAlert error={change.error} shown={(field) => field === 'permalink' && outcome === 'published'} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Not now
          </Button>
          <Button type="submit" disabled={!outcome} loading={change.isPending}>
            {outcome === 'not-published' ? 'Publish it again' : 'Mark as published'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const NO_ADDRESS = 'This is no address. Copy the whole one; it begins with https://.';

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
