import { Alert, Box, Button, Checkbox, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconPlugConnectedX, IconSend, IconWorld } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { answerWithTag, api, newIdempotencyKey } from '../api/client.js';
import { type Channel, postQuery } from '../api/queries.js';
import { fieldErrorsOf, OfflineError } from '../api/problem.js';
import { useMay, useMe } from '../app/workspace.js';
import { ChannelLabel } from '../ui/channel-label.js';
import { TextLink } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { chosenFirst, isAboutText, readyChannels, textErrors } from './first-post.js';

interface FirstPostStepProps {
  workspaceId: string;
  channels: readonly Channel[];
  /** Called with the post that is going out. */
  onPublished: (postId: string) => void;
}

/** A text, where it goes, and the button that sends it. */
export function FirstPostStep({ workspaceId, channels, onPublished }: FirstPostStepProps) {
  const { organization } = useMe();
  const mayEdit = useMay('posts.write');
  const [text, setText] = useState(`Hello from ${organization.name}. This is our first post, sent with ClickPost.`);
  const [chosen, setChosen] = useState<string[]>();
  const ready = readyChannels(channels);
  const targets = ready.map(({ id }) => id).filter((id) => (chosen ?? chosenFirst(channels)).includes(id));
  const publish = usePublishNow(workspaceId, onPublished);
  const wrong = textErrors(fieldErrorsOf(publish.error), channels);
  if (!mayEdit) return <Text size="sm">Your role in this workspace does not write. Ask a colleague who does.</Text>;
  if (ready.length === 0) return <NoneReady workspaceId={workspaceId} />;
  const seenByAll = ready.some(({ id, practice }) => !practice && targets.includes(id));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        publish.mutate({ text, targets });
      }}
    >
      <Stack gap="md">
        <PublishProblem error={publish.error} />
        <Textarea
          label="Text"
          minRows={3}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={wrong.length > 0 && wrong.map((line) => <Box key={line}>{line}</Box>)}
        />
        <Checkbox.Group label="Goes to" value={targets} onChange={setChosen}>
          <Group gap="lg" mt="xs">
            {ready.map((channel) => (
              <Checkbox key={channel.id} value={channel.id} label={<ChannelLabel channel={channel} size={18} />} />
            ))}
          </Group>
        </Checkbox.Group>
        {seenByAll && (
          <Alert color="yellow" icon={<IconWorld aria-hidden />}>
            Channels without the practice mark are real: everybody can see this post there.
          </Alert>
        )}
        <Group gap="sm">
          <Button
            type="submit"
            size="md"
            leftSection={<IconSend size={18} aria-hidden />}
            loading={publish.isPending}
            disabled={targets.length === 0}
          >
            Publish now
          </Button>
          {targets.length === 0 && (
            <Text size="sm" c="dimmed">
              Choose at least one channel.
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}

/** Without an answer nobody knows whether the post was taken; sent again under its key, it goes out once. */
function PublishProblem({ error }: { error: unknown }) {
  if (!(error instanceof OfflineError)) return <ProblemAlert error={error} shown={(field) => isAboutText({ field })} />;
  return (
    <Alert role="alert" color="red" icon={<IconPlugConnectedX aria-hidden />} title="No answer from ClickPost">
      The post may have been taken or not. Press “Publish now” again as soon as the connection is back: the same text
      goes out once, never twice.
    </Alert>
  );
}

function NoneReady({ workspaceId }: { workspaceId: string }) {
  return (
    <Text size="sm">
      No channel can publish at the moment.{' '}
      <TextLink to="/w/$workspaceId/channels" params={{ workspaceId }} inherit underline="always">
        See why
      </TextLink>
    </Text>
  );
}

interface FirstPost {
  text: string;
  targets: readonly string[];
}

/** Sent again after a lost connection, the same post goes out once. */
function usePublishNow(workspaceId: string, onPublished: (postId: string) => void) {
  const queryClient = useQueryClient();
  const claim = useRef({ of: '', key: '' });
  return useMutation({
    mutationFn: ({ text, targets }: FirstPost) => {
      const of = JSON.stringify([text, targets]);
      if (claim.current.of !== of) claim.current = { of, key: newIdempotencyKey() };
      return answerWithTag(
        api.POST('/v1/workspaces/{id}/posts', {
          params: { path: { id: workspaceId }, header: { 'Idempotency-Key': claim.current.key } },
          body: { content: { text }, media: [], channels: targets.map((id) => ({ id })), schedule: 'now' },
        }),
      );
    },
    onSuccess: (created) => {
      const { queryKey } = postQuery(created.data.id);
      queryClient.setQueryData(queryKey, created);
      // It may have gone on since the answer was written.
      void queryClient.invalidateQueries({ queryKey });
      claim.current = { of: '', key: '' };
      onPublished(created.data.id);
    },
  });
}
