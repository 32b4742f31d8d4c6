import { Alert, Card, Group, Stack, Text, Title } from '@mantine/core';
import {
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconPencilExclamation,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type PreviewSource, PreviewSourceProvider } from '../composer/previews/preview-source.js';
import { type Look, LookBadge } from '../ui/look-badge.js';
import { TimeText } from '../ui/time-text.js';
import { ChangesNotice } from './changes-notice.js';
import { ChannelPreview } from './channel-preview.js';
import { DecisionBar, NewVersionBar } from './decision-bar.js';
import { DueText } from './due-text.js';
import { type Review, reviewImage, reviewVideo } from './queries.js';
import { ReviewComments } from './review-comments.js';
import { ReviewFrame } from './review-frame.js';
import classes from './review.module.css';
import { plansOf } from './sent-videos.js';
import {
  commonDue,
  invitationWords,
  isNewer,
  isOutEverywhere,
  presentDecision,
  type Seen,
  seenOf,
} from './standing.js';

interface ReviewViewProps {
  token: string;
  review: Review;
  /** The version that was looked at last on this device. */
  seen: Seen | null;
  onSeen: (seen: Seen) => void;
  /** It cannot be found out at the moment whether this is still the present version. */
  isAway: boolean;
}

/** The post as it will go out, where its approval stands, and the client's decision. */
export function ReviewView({ token, review, seen, onSeen, isAway }: ReviewViewProps) {
  const { approval, changes, post, workspace, organization } = review;
  const newer = isNewer(review, seen);
  const present = seenOf(review);
  const [words, setWords] = useState('');
  useEffect(() => {
    // Whoever looks for the first time sees the present version, and is told of later ones.
    if (seen === null) onSeen(seenOf(review));
  }, [seen, onSeen, review]);
  const withBar = approval.mayDecide || approval.mayRequestChanges;
  const notice = useRef<HTMLDivElement>(null);
  const source = useSource(token, review);
  const due = commonDue(post);
  return (
    <ReviewFrame title={`Post of ${workspace}`} withBar={withBar}>
      <header>
        <Text size="sm" c="dimmed">
          {organization === workspace ? organization : `${organization} · ${workspace}`}
        </Text>
        <Title order={1} mt={2}>
          Post of {workspace}
        </Title>
        <Text mt="xs">{invitationWords(review)}</Text>
        {due && !isOutEverywhere(post) && (
          <Text mt={4}>
            Goes out{' '}
            <b>
              <DueText {...due} />
            </b>
          </Text>
        )}
      </header>
      {isAway && (
        <Alert color="gray" icon={<IconPlugConnectedX aria-hidden />} role="status">
          ClickPost cannot be reached at the moment. This is what the post said last.
        </Alert>
      )}
      {newer && (
        <div ref={notice} tabIndex={-1}>
          <ChangesNotice token={token} changes={changes} onSeen={() => onSeen(present)} />
        </div>
      )}
      {!newer && changes && changes.list.length > 0 && <ChangesNotice token={token} changes={changes} />}
      {!newer && <Decided review={review} />}
      <PreviewSourceProvider value={source}>
        <ul className={classes['previews']} aria-label="Previews">
          {post.channels.map((channel) => (
            <ChannelPreview key={channel.id} channel={channel} token={token} withDue={!due} />
          ))}
        </ul>
      </PreviewSourceProvider>
      {post.channels.length === 0 && <Text c="dimmed">The post goes to no channel yet.</Text>}
      <Standing approval={approval} />
      <ReviewComments token={token} review={review} />
      <Text size="sm" c="dimmed">
        This link is yours alone, and works until <TimeText at={review.expiresAt} />.
      </Text>
      {withBar && newer && <NewVersionBar onLook={() => notice.current?.focus()} />}
      {withBar && !newer && (
        <DecisionBar token={token} review={review} seen={seen ?? present} words={words} onWords={setWords} />
      )}
    </ReviewFrame>
  );
}

/** What the client decided about this version, or why there is nothing to decide. */
function Decided({ review }: { review: Review }) {
  const decision = presentDecision(review);
  const { reason } = review.approval;
  if (decision?.decision === 'approve') {
    return (
      <Alert color="teal" icon={<IconCircleCheck aria-hidden />} title="You approved this version" role="status">
        Nothing is left for you to do. If somebody changes it, you are asked again.
      </Alert>
    );
  }
  if (decision) {
    return (
      <Alert color="orange" icon={<IconPencilExclamation aria-hidden />} title="You asked for changes" role="status">
        <Stack gap="xs">
          {decision.comment !== null && <Text size="sm">“{decision.comment}”</Text>}
          <Text size="sm">It does not go out as it is. You are asked again when there is a new version.</Text>
        </Stack>
      </Alert>
    );
  }
  if (reason === null) return null;
  return (
    <Alert color="gray" icon={<IconClock aria-hidden />} role="status">
      {reason}
    </Alert>
  );
}

type StepState = Review['approval']['steps'][number]['state'];

const STEP_LOOKS: Readonly<Record<StepState, Look>> = {
  waiting: { word: 'Comes later', color: 'gray', icon: IconCircleDashed },
  open: { word: 'Waits', color: 'yellow', icon: IconClock },
  approved: { word: 'Approved', color: 'teal', icon: IconCircleCheck },
  'changes-requested': { word: 'Changes asked for', color: 'orange', icon: IconPencilExclamation },
};

/** How far the approval is. */
function Standing({ approval: { steps } }: Pick<Review, 'approval'>) {
  if (steps.length === 0) return null;
  return (
    <Card component="section" aria-label="Approval" maw={576}>
      <Title order={2} size="h3" mb="sm">
        Approval
      </Title>
      <ol className={classes['steps']}>
        {steps.map(({ name, state }, index) => (
          <li key={index} className={classes['step']}>
            <Group gap="xs">
              <Text size="sm">{name}</Text>
            </Group>
            <LookBadge look={STEP_LOOKS[state]} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** Files come by the link, and all that is known of them came with the post. */
function useSource(token: string, { post, workspace }: Review): PreviewSource {
  return useMemo(() => {
    const media = post.channels.flatMap(({ segments }) => segments.flatMap((segment) => segment.media));
    const facts = new Map(media.map(({ picture, ...file }) => [file.id, { ...file, facts: { picture } }]));
    const plans = plansOf(post);
    return {
      address: (id, width) => reviewImage(token, id, width),
      useFacts: (ids) => ids.map((id) => facts.get(id)),
      usePlans: () => plans,
      played: (plan) => reviewVideo(token, plan),
      useOwnName: () => workspace,
    };
  }, [token, post, workspace]);
}
