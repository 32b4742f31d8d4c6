import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Capabilities } from '#platforms/core';
import { formErrorsOf } from '../api/problem.js';
import { type Channel, platformsQuery, type Publication } from '../api/queries.js';
import { useMay } from '../app/workspace.js';
import { postedOn } from '../composer/format.js';
import { type Counter, counterOf, counterWords } from '../composer/counters.js';
import { effectiveContent, emptyDraft, type EffectiveContent } from '../composer/draft.js';
import { contentDraft } from '../composer/post-body.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { usePublicationChange } from './actions.js';
import { revisionQuery } from './queries.js';

interface PublishedActionsProps {
  publication: Publication;
  channel: Channel | undefined;
  platformName: string;
}

/** What can still be done about a post that is out: another text, or taking it away, where its network lets ClickPost. */
export function PublishedActions(props: PublishedActionsProps) {
  const { publication, channel, platformName } = props;
  const { id, postId, workspaceId, state, removedAt, segments } = publication;
  const mayWrite = useMay('posts.write', workspaceId);
  const sent = useSent(publication, channel);
  const change = usePublicationChange(id, postId);
  const [isEditing, setEditing] = useState(false);
  if (!mayWrite || !sent || state !== 'published' || removedAt !== undefined) return null;
  const { capabilities, lacksRemove } = sent;
  if (!capabilities.remove && !capabilities.edit && !lacksRemove) return null;
  const out = segments.filter((segment) => segment.state === 'published').length;
  const remove = async () => {
    if (!(await confirm(removeQuestion(platformName, channel?.name ?? 'the channel', out)))) return;
    change.mutate({ kind: 'remove' }, { onSuccess: () => notifyDone(`It is removed from ${platformName}.`) });
  };
  return (
    <Stack gap="sm">
      <Group gap="xs">
        {capabilities.edit && (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() => setEditing(true)}
          >
            Edit text
          </Button>
        )}
        {capabilities.remove && (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden />}
            loading={change.isPending}
            onClick={() => void remove()}
          >
            Remove from {platformName}
          </Button>
        )}
      </Group>
      {lacksRemove && (
        <Text size="sm" c="dimmed">
          The way in which this channel is connected does not let ClickPost remove its posts. Take it away on{' '}
          {platformName} itself.
        </Text>
      )}
      <ProblemAlert error={change.error} />
      {isEditing && <EditDialog {...props} sent={sent} onClose={() => setEditing(false)} />}
    </Stack>
  );
}

interface Sent {
  capabilities: Capabilities;
  /** Other channels of the network let posts be removed, and this one does not. */
  lacksRemove: boolean;
  content: EffectiveContent;
  limits: Channel['limits'];
}

/** What the channel got, which the post may have left behind since then, and what its network lets ClickPost do with posts of that format. */
function useSent({ postId, channelId, revision }: Publication, channel: Channel | undefined): Sent | undefined {
  const { data: platforms = [] } = useQuery(platformsQuery);
  const { data: sent } = useQuery(revisionQuery(postId, revision));
  const platform = platforms.find(({ id }) => id === channel?.platform);
  if (!platform || !sent || !channel) return undefined;
  const draft = { ...emptyDraft('UTC'), ...contentDraft(sent.content) };
  const content = effectiveContent(draft, draft.channels.find(({ id }) => id === channelId) ?? { id: channelId });
  const { limits, supports, lacks } = postedOn(channel, platform, content.settings);
  return { capabilities: supports, lacksRemove: lacks.remove, content, limits };
}

function removeQuestion(platformName: string, channelName: string, out: number) {
  const what = out > 1 ? `All ${out} messages of it` : 'The post';
  return {
    title: `Remove it from ${platformName}?`,
    children: `${what} on ${channelName} ${out > 1 ? 'are' : 'is'} deleted, with everything that people answered. That cannot be undone. What was written, and what happened, stay in ClickPost.`,
    confirm: `Remove from ${platformName}`,
    dismiss: 'Keep it',
    danger: true,
  };
}

interface EditDialogProps extends PublishedActionsProps {
  sent: Sent;
  onClose: () => void;
}

/** Another text for what is out. */
function EditDialog({ publication, channel, platformName, sent: { content, limits }, onClose }: EditDialogProps) {
  const { id, postId, edited, segments } = publication;
  const before = edited?.text ?? content.text;
  const [text, setText] = useState(before);
  const change = usePublicationChange(id, postId);
  const counter = counterOf({ ...content, text }, limits.text);
  const wrong = formErrorsOf(change.error)['text'];
  const save = () =>
    change.mutate(
      { kind: 'edit', text },
      {
        onSuccess: () => {
          notifyDone(`The text is changed on ${platformName}.`);
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={`Edit the text on ${channel?.name ?? platformName}`} size="lg">
      <Stack gap="md">
        <Text size="sm">
          It is changed on {platformName} at once. Images, videos and the link stay as they are
          {segments.length > 1 ? ', and so do the further parts and the comment' : ''}. The text of the post in
          ClickPost and on other channels stays too.
        </Text>
        <Textarea
          data-autofocus
          label="Text"
          minRows={4}
          maxRows={14}
          value={text}
          error={wrong ?? counter.level === 'over'}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Left counter={counter} />
        <ProblemAlert error={change.error} shown={(field) => field === 'text'} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={change.isPending} disabled={text === before || counter.level === 'over'} onClick={save}>
            Change it on {platformName}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Left({ counter }: { counter: Counter }) {
  return (
    <Text size="xs" className="tabular" c={counter.level === 'over' ? 'var(--mantine-color-error)' : 'dimmed'}>
      {counterWords(counter)}
    </Text>
  );
}
