import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import {
  IconCheck,
  IconCircleCheck,
  IconClock,
  IconGitCompare,
  IconMessage2,
  IconPencilExclamation,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Post } from '../api/queries.js';
import { useMay, useMe } from '../app/workspace.js';
import { ChangesDialog } from '../revisions/changes-dialog.js';
import { type Look, LookBadge } from '../ui/look-badge.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { isOut } from '../ui/publication-state.js';
import { TimeText } from '../ui/time-text.js';
import { DecideDialog } from './decide-dialog.js';
import { type Approval, approvalQuery, askForApproval, workflowQuery } from './queries.js';
import { choicesOf, decider, earlierDecision, stepWords } from './words.js';

const LOOKS: Record<Approval['state'], Look> = {
  none: { word: 'Not asked for', color: 'gray', icon: IconClock },
  pending: { word: 'Waits for approval', color: 'yellow', icon: IconClock },
  approved: { word: 'Approved', color: 'teal', icon: IconCircleCheck },
  'changes-requested': { word: 'Changes asked for', color: 'orange', icon: IconPencilExclamation },
};

/** Who has to agree before a post goes out, and who did; nothing where no approval is asked for. */
export function ApprovalPanel({ post }: { post: Post }) {
  const { data: workflow } = useQuery(workflowQuery(post.workspaceId));
  const { data: approval } = useQuery(approvalQuery(post.id));
  if (!workflow || !approval || workflow.mode === 'none') return null;
  return (
    <Card component="section" aria-label="Approval">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h3">
            Approval
          </Title>
          <LookBadge look={LOOKS[approval.state]} />
        </Group>
        {approval.state === 'none' && (
          <Text size="sm">
            {workflow.mode === 'required'
              ? 'Nothing of this post goes out before it is approved.'
              : 'It goes out without approval, unless you ask for one.'}
          </Text>
        )}
        <Steps approval={approval} />
        <Said approval={approval} />
        <ChangedSince post={post} approval={approval} />
        <Actions post={post} approval={approval} />
      </Stack>
    </Card>
  );
}

function Steps({ approval }: { approval: Approval }) {
  return approval.steps.map((step, index) => (
    <div key={index}>
      <Text size="sm" fw={600}>
        {step.name}
      </Text>
      <Text size="sm" c="dimmed">
        {stepWords(step)}
      </Text>
    </div>
  ));
}

/** What people wrote with their decisions, the last first. */
function Said({ approval }: { approval: Approval }) {
  const said = approval.decisions.filter(({ comment, decision }) => comment !== null || decision === 'request-changes');
  return said.toReversed().map(({ at, by, comment, decision, counts }) => (
    <Group key={at} gap="xs" wrap="nowrap" align="flex-start">
      <IconMessage2 size={16} aria-hidden />
      <div>
        <Text size="sm">{comment ?? 'Changes, please.'}</Text>
        <Text size="xs" c="dimmed">
          {decider(by)} {decision === 'approve' ? 'approved' : 'asked for changes'}
          {!counts && ', about an earlier version'}, <TimeText at={at} />
        </Text>
      </div>
    </Group>
  ));
}

/** Shows somebody who decided about an earlier version what is different now. */
function ChangedSince({ post, approval }: { post: Post; approval: Approval }) {
  const { user } = useMe();
  const [open, setOpen] = useState(false);
  const earlier = earlierDecision(approval.decisions, post.revision, user.id);
  if (!earlier) return null;
  return (
    <div>
      <Button
        variant="light"
        size="xs"
        leftSection={<IconGitCompare size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {earlier.title}
      </Button>
      {open && (
        <ChangesDialog
          postId={post.id}
          title={earlier.title}
          from={earlier.revision}
          to={post.revision}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

function Actions({ post, approval }: { post: Post; approval: Approval }) {
  const me = useMe();
  const mayWrite = useMay('posts.write');
  const [dialog, setDialog] = useState<'approve' | 'request-changes'>();
  const queryClient = useQueryClient();
  const ask = useMutation({
    mutationFn: () => askForApproval(post.id),
    onSuccess: () => notifyDone('Asked for approval.'),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['post', post.id] }),
  });
  const living = post.publications.filter(({ state }) => state !== 'cancelled');
  const open = living.length === 0 || living.some(({ state }) => !isOut(state));
  // What is on the screen is what a decision is about.
  const decides = open && approval.revision === post.revision;
  const choices = decides ? choicesOf(approval, me.user.id) : { approve: false, refuse: false };
  const mayAsk = open && mayWrite && (approval.state === 'none' || approval.state === 'changes-requested');
  if (!mayAsk && !choices.approve && !choices.refuse) return null;
  return (
    <>
      <ProblemAlert error={ask.error} />
      <Group gap="xs">
        {choices.approve && (
          <Button leftSection={<IconCheck size={16} aria-hidden />} onClick={() => setDialog('approve')}>
            Approve
          </Button>
        )}
        {choices.refuse && (
          <Button variant="default" onClick={() => setDialog('request-changes')}>
            Ask for changes
          </Button>
        )}
        {mayAsk && (
          <Button variant={choices.approve ? 'default' : 'filled'} loading={ask.isPending} onClick={() => ask.mutate()}>
            {approval.state === 'none' ? 'Ask for approval' : 'Ask again'}
          </Button>
        )}
      </Group>
      {dialog && (
        <DecideDialog post={post} approval={approval} decision={dialog} onClose={() => setDialog(undefined)} />
      )}
    </>
  );
}
