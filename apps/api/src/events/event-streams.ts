import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { may, type Principal } from '#accounts';
import { Problem } from '#kernel';
import { type RenditionChange, RenditionFeed } from '#media';
import { LiveFeed } from '#notifications';
import { PublicationFeed } from '#publishing';
import { EventStream, type StreamedAnswer } from './event-stream.js';
import { type RenditionEventDto } from './events.dto.js';

/** Every window of the web holds one. */
const MAX_PER_USER = 20;
const RETRY_AFTER_SECONDS = 30;

/** The data of an event `rendition`; undefined where it is made of nothing that they see. */
function seenBy(principal: Principal, { media, ...change }: RenditionChange): RenditionEventDto | undefined {
  const seen = media.filter(({ workspaceId }) => may(principal, 'workspace.read', workspaceId));
  if (seen.length === 0) return undefined;
  const workspaceIds = [...new Set(seen.map(({ workspaceId }) => workspaceId))];
  return { ...change, workspaceIds, mediaIds: seen.map(({ id }) => id) };
}

/** The open streams of this process. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly open = new Map<EventStream, string>();
  private stopping = false;

  constructor(
    private readonly feed: PublicationFeed,
    private readonly live: LiveFeed,
    private readonly renditions: RenditionFeed,
  ) {}

  /**
   * Answers with the changes of publications and posts in the workspaces that the principal sees, and of their own notifications, until either side ends it.
   * @param after the cursor to go on behind; without it from now on
   * @throws Problem 429 where the user has too many open, 503 while the process stops
   */
  start(principal: Principal, after: string | undefined, answer: StreamedAnswer): void {
    const { userId, organizationId } = principal;
    if (this.stopping)
      throw Problem.unavailable('ClickPost is stopping. Connect again in a moment.', { retryAfter: 1 });
    if (this.countOf(userId) >= MAX_PER_USER) {
      const detail = `You have ${MAX_PER_USER} live connections open. Close one of them, then connect again.`;
      throw Problem.tooManyRequests(RETRY_AFTER_SECONDS, detail);
    }
    // Who went away while we found out who it was will not be told of as closed any more.
    if (answer.destroyed) return;
    const stream = new EventStream(answer, () => {
      this.open.delete(stream);
      unsubscribe();
      unsubscribePerson();
      unsubscribeRenditions();
    });
    this.open.set(stream, userId);
    const unsubscribe = this.feed.subscribe(organizationId, after, {
      ready: (cursor) => stream.send('ready', cursor, {}),
      changed: (cursor, change) => {
        if (may(principal, 'workspace.read', change.workspaceId)) stream.send('publication', cursor, change);
      },
      resync: (cursor) => stream.send('resync', cursor, {}),
    });
    const unsubscribePerson = this.live.subscribe(principal, {
      notified: () => stream.send('notification', undefined, {}),
      postChanged: (change) => {
        if (may(principal, 'workspace.read', change.workspaceId)) stream.send('post', undefined, change);
      },
    });
    const unsubscribeRenditions = this.renditions.subscribe(organizationId, (change) => {
      const seen = seenBy(principal, change);
      if (seen) stream.send('rendition', undefined, seen);
    });
  }

  /** Before the server stops to listen: it waits for every open answer. */
  onModuleDestroy(): void {
    this.stopping = true;
    for (const stream of this.open.keys()) stream.end();
  }

  private countOf(userId: string): number {
    return [...this.open.values()].filter((id) => id === userId).length;
  }
}
