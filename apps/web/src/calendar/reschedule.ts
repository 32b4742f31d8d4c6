import { type QueryClient, type QueryKey } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';
import { ApiError, describeError, fieldErrorsOf } from '../api/problem.js';
import { type CalendarEntry, type EntryGroup } from './groups.js';
import { isPast, scheduleAt } from './move.js';

/** What moving a post needs to know of it. */
export interface Movable {
  postId: string;
  /** The version of the post that was looked at. */
  postVersion: number;
  /** The time before, an ISO instant. */
  dueAt: string;
  /** The zone in which the time was chosen; it stays. */
  timeZone: string;
}

/** The movable part of a group. */
export function movableOf({ postId, postVersion, dueAt, timeZone }: EntryGroup): Movable {
  return { postId, postVersion, dueAt, timeZone };
}

/** A refusal in words: what happened, why, and what to do next. */
export interface Refusal {
  title: string;
  detail: string;
}

/** Why a post cannot be moved to an instant, known before asking; undefined when it may be asked. @param now milliseconds */
export function refusedBeforehand(at: string, now: number): Refusal | undefined {
  if (!isPast(at, now)) return undefined;
  return { title: 'That time has passed', detail: 'The post stays where it was. Choose a later time.' };
}

/** Gives a post another time. @throws ApiError when it may not move any more, OfflineError */
export async function reschedule({ postId, postVersion, timeZone }: Movable, at: string): Promise<Schema<'PostDto'>> {
  return answer(
    api.PATCH('/v1/posts/{id}', {
      params: { path: { id: postId }, header: { 'If-Match': `"${postVersion}"` } },
      body: { schedule: scheduleAt(at, timeZone) },
    }),
  );
}

/** The refusal of the API, with what to do about it. */
export function explainRefusal(error: unknown): Refusal {
  const { title, detail } = describeError(error);
  if (!(error instanceof ApiError)) return { title, detail: `The post stays where it was. ${detail}` };
  const [field] = fieldErrorsOf(error);
  if (error.status === 412) {
    return {
      title: 'Somebody changed this post meanwhile',
      detail: 'It stays where it was. The calendar now shows it as it is; look at it and move it again.',
    };
  }
  if (error.is('already-publishing')) return { title: 'This post can no longer be moved', detail };
  if (field) return { title: 'The post stays where it was', detail: `${field.message} ${field.remedy}` };
  return { title, detail: `The post stays where it was. ${detail}` };
}

type Snapshot = [QueryKey, CalendarEntry[] | undefined][];

/** Shows a post at another time before the API has answered. Returns what puts it back. */
export function showMoved(queryClient: QueryClient, { postId }: Movable, at: string): () => void {
  const before: Snapshot = queryClient.getQueriesData<CalendarEntry[]>({ queryKey: ['calendar'] });
  change(queryClient, postId, (entry) => ({ ...entry, dueAt: at }));
  return () => before.forEach(([key, entries]) => queryClient.setQueryData(key, entries));
}

/** Shows what the API made of it, so that a next move carries the right version. */
export function showAnswer(queryClient: QueryClient, post: Schema<'PostDto'>): void {
  const publications = new Map(post.publications.map((publication) => [publication.id, publication]));
  change(queryClient, post.id, (entry) => {
    const publication = publications.get(entry.id);
    const { dueAt = entry.dueAt, state = entry.state } = publication ?? {};
    return { ...entry, dueAt, state, postVersion: post.version };
  });
}

function change(queryClient: QueryClient, postId: string, make: (entry: CalendarEntry) => CalendarEntry): void {
  queryClient.setQueriesData<CalendarEntry[]>({ queryKey: ['calendar'] }, (entries) =>
    entries?.map((entry) => (entry.postId === postId ? make(entry) : entry)),
  );
}
