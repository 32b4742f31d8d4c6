import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { renditionQuery } from '../media/renditions.js';
import { joinStream } from './shared-stream.js';
import { type PublicationEvent, type RenditionEvent, type StreamStatus } from './stream.js';

const LiveStatus = createContext<StreamStatus>('connecting');

/** Whether what is on the screen follows what happens. */
export function useLiveStatus(): StreamStatus {
  return use(LiveStatus);
}

/** A burst of changes is read again once. */
const GATHER_MS = 250;
/** What a publication's change may show in, wherever it happened. */
const LISTS = ['calendar', 'posts', 'attention', 'practice', 'approvals'] as const;
/** What somebody is told of may be something that waits for them. */
const TOLD = ['notifications', 'approvals'] as const;

/** What shows files that are made. */
const MADE = ['post-media', 'preflight'] as const;

/** Keeps every screen below it up to date with what happens to publications and posts of the organization. */
export function LiveEvents({ organizationId, children }: { organizationId: string; children: ReactNode }) {
  const queryClient = useQueryClient();
  const [status, setStatus] = useState<StreamStatus>('connecting');
  useEffect(() => {
    const refresher = new Refresher(queryClient);
    let wasLost = false;
    const stream = joinStream(organizationId, {
      onChange: (event) => refresher.changed(event),
      onPost: ({ postId }) => refresher.postChanged(postId),
      onRendition: (event) => renditionChanged(queryClient, event),
      onNotification: () => {
        for (const name of TOLD) void queryClient.invalidateQueries({ queryKey: [name] });
      },
      onResync: () => void queryClient.invalidateQueries(),
      onStatus: (next) => {
        // Events are caught up by the stream itself; what no event speaks of (channels, drafts) is read again.
        if (next === 'live' && wasLost) void queryClient.invalidateQueries();
        wasLost = next === 'lost';
        setStatus(next);
      },
    });
    return () => {
      refresher.stop();
      stream.leave();
    };
  }, [queryClient, organizationId]);
  return <LiveStatus value={status}>{children}</LiveStatus>;
}

/** Progress is shown as it comes; when it ends, what was made or why not is read. */
function renditionChanged(queryClient: QueryClient, { id, state, progress, remainingMs }: RenditionEvent): void {
  const query = renditionQuery(id);
  if (state === 'waiting' || state === 'running') {
    const known = { id, state, ...(progress !== null && { progress }), ...(remainingMs !== null && { remainingMs }) };
    queryClient.setQueryData(query.queryKey, known);
    return;
  }
  void queryClient.invalidateQueries({ queryKey: query.queryKey });
  for (const name of MADE) void queryClient.invalidateQueries({ queryKey: [name] });
}

/** Makes queries anew that changes touch, gathered over a moment. */
class Refresher {
  private readonly posts = new Set<string>();
  private readonly publications = new Set<string>();
  private readonly workspaces = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly queryClient: QueryClient) {}

  changed(event: PublicationEvent): void {
    this.posts.add(event.postId);
    this.publications.add(event.publicationId);
    // A dead token holds what is scheduled: then the channel's health changed as well.
    if (event.state === 'held') this.workspaces.add(event.workspaceId);
    this.timer ??= setTimeout(() => this.refresh(), GATHER_MS);
  }

  postChanged(id: string): void {
    this.posts.add(id);
    this.timer ??= setTimeout(() => this.refresh(), GATHER_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private refresh(): void {
    this.timer = undefined;
    const keys: string[][] = [
      ...LISTS.map((name) => [name]),
      ...[...this.posts].flatMap((id) => [
        ['post', id],
        ['post-media', id],
      ]),
      ...[...this.publications].map((id) => ['publication', id]),
      ...[...this.workspaces].map((id) => ['channels', id]),
    ];
    this.posts.clear();
    this.publications.clear();
    this.workspaces.clear();
    for (const queryKey of keys) void this.queryClient.invalidateQueries({ queryKey });
  }
}
