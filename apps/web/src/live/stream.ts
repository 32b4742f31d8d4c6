/** What the live connection is doing. */
export type StreamStatus = 'connecting' | 'live' | 'lost';

/** A change of a publication, as the API tells it. */
export interface PublicationEvent {
  publicationId: string;
  postId: string;
  workspaceId: string;
  channelId: string;
  state: string;
  version: number;
}

/** Something happened to a post that no publication tells: an edit, a decision, a comment. */
export interface PostEvent {
  postId: string;
  workspaceId: string;
}

/** How far the making of a version of a file is. */
export interface RenditionEvent {
  id: string;
  state: 'waiting' | 'running' | 'ready' | 'failed' | 'cancelled';
  /** 0 to 1, while it is made. */
  progress: number | null;
  /** Milliseconds. */
  remainingMs: number | null;
}

export interface StreamListener {
  onChange(event: PublicationEvent): void;
  onPost(event: PostEvent): void;
  onRendition(event: RenditionEvent): void;
  /** The person's notifications changed, or the stream begins. */
  onNotification(): void;
  /** Something may have been missed: everything shown has to be read again. */
  onResync(): void;
  onStatus(status: StreamStatus): void;
}

const URL = '/v1/events';
const RETRY_MS = 3000;

/**
 * Listens to the API's server-sent events until `close`. The browser reconnects by itself and says what it has seen; only
 * when it gives up for good (an error answer) is a new stream opened here, behind the last event seen.
 */
export function openStream(listener: StreamListener): { close(): void } {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: string | undefined;

  const connect = () => {
    source = new EventSource(last ? `${URL}?after=${encodeURIComponent(last)}` : URL);
    source.addEventListener('ready', (event) => seen(event));
    source.addEventListener('resync', (event) => {
      seen(event);
      listener.onResync();
    });
    source.addEventListener('publication', (event) => {
      seen(event);
      listener.onChange(JSON.parse(event.data as string) as PublicationEvent);
    });
    source.addEventListener('post', (event) => listener.onPost(JSON.parse(event.data as string) as PostEvent));
    source.addEventListener('rendition', (event) =>
      listener.onRendition(JSON.parse(event.data as string) as RenditionEvent),
    );
    source.addEventListener('notification', () => listener.onNotification());
    source.onopen = () => listener.onStatus('live');
    source.onerror = () => {
      listener.onStatus('lost');
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(timer);
      timer = setTimeout(connect, RETRY_MS);
    };
  };
  const seen = (event: MessageEvent) => {
    if (event.lastEventId) last = event.lastEventId;
  };

  listener.onStatus('connecting');
  connect();
  return {
    close() {
      clearTimeout(timer);
      source?.close();
    },
  };
}
