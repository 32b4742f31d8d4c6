import { Skeleton, Text, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ApiError } from '../api/problem.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { PasscodeForm } from './passcode-form.js';
import { reviewQuery } from './queries.js';
import { ReviewFrame } from './review-frame.js';
import { ReviewView } from './review-view.js';
import { type Seen } from './standing.js';

const route = getRouteApi('/review/$token');

/** Where a review link leads: the post as it will go out, and what its client can do about it. */
export function ReviewScreen() {
  const { token } = route.useParams();
  // Kept on this device, so that whoever comes back is told what is different from what they saw.
  const [seen, setSeen] = useLocalStorage<Seen | null>({
    key: `clickpost-review-${token.slice(-16)}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const query = useQuery(reviewQuery(token, seen?.revision));
  const { data, error, failureReason } = query;
  // What the link refuses now, it shows no more; while it cannot be reached, what was read stays.
  if (error instanceof ApiError) return <Refused token={token} error={error} />;
  if (data) {
    return <ReviewView token={token} review={data} seen={seen} onSeen={setSeen} isAway={failureReason !== null} />;
  }
  if (error) {
    return (
      <ReviewFrame title="Review" narrow>
        <ProblemAlert error={error} onRetry={() => void query.refetch()} />
      </ReviewFrame>
    );
  }
  return <Loading />;
}

function Refused({ token, error }: { token: string; error: ApiError }) {
  if (error.is('passcode-required')) return <PasscodeForm token={token} />;
  const { title, detail } = wordsFor(error);
  return (
    <ReviewFrame title={title} narrow>
      <div>
        <Title order={1}>{title}</Title>
        <Text mt="xs">{detail}</Text>
      </div>
    </ReviewFrame>
  );
}

function wordsFor({ status, problem: { title, detail } }: ApiError): { title: string; detail: string } {
  switch (status) {
    case 410:
      return { title: 'This link has ended', detail: 'Ask whoever sent it to you for a new one.' };
    case 404:
      return { title: 'There is no such link', detail: 'Check that you opened all of the address that you were sent.' };
    default:
      return { title, detail };
  }
}

function Loading() {
  return (
    <ReviewFrame title="Review">
      <span className="visually-hidden" role="status">
        Loading
      </span>
      <div aria-busy="true">
        <Skeleton height={32} width="60%" mb="sm" />
        <Skeleton height={18} width="80%" mb="lg" />
        <Skeleton height={320} maw={576} radius="lg" />
      </div>
    </ReviewFrame>
  );
}
