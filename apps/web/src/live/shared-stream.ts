import {
  openStream,
  type PostEvent,
  type PublicationEvent,
  type RenditionEvent,
  type StreamListener,
  type StreamStatus,
} from './stream.js';

type Message =
  | { kind: 'change'; event: PublicationEvent }
  | { kind: 'post'; event: PostEvent }
  | { kind: 'rendition'; event: RenditionEvent }
  | { kind: 'notification' }
  | { kind: 'resync' }
  | { kind: 'status'; status: StreamStatus }
  | { kind: 'ask' };

/**
 * One stream for all tabs of a browser: over HTTP/1.1 it allows six connections to a server, and a stream in each tab
 * would use them up. Whoever holds the lock streams and tells the others; when that tab closes, the next one takes over.
 */
export function joinStream(organizationId: string, listener: StreamListener): { leave(): void } {
  // Only secure origins have locks; elsewhere each tab streams for itself.
  if (!('locks' in navigator)) {
    const stream = openStream(listener);
    return { leave: () => stream.close() };
  }
  const name = `clickpost-live-${organizationId}`;
  const channel = new BroadcastChannel(name);
  const left = new AbortController();
  channel.onmessage = ({ data }: MessageEvent<Message>) => hear(data, listener);
  const tell = (message: Message) => {
    hear(message, listener);
    if (!left.signal.aborted) channel.postMessage(message);
  };
  channel.postMessage({ kind: 'ask' } satisfies Message);
  navigator.locks
    .request(name, { signal: left.signal }, () => lead(channel, tell, left.signal, () => listener.onResync()))
    .catch((error: unknown) => {
      if (!left.signal.aborted) throw error;
    });
  return {
    leave() {
      left.abort();
      channel.close();
    },
  };
}

/** Streams for everybody until this tab leaves. */
async function lead(
  channel: BroadcastChannel,
  tell: (message: Message) => void,
  left: AbortSignal,
  catchUp: () => void,
): Promise<void> {
  let status: StreamStatus = 'connecting';
  const stream = openStream({
    onChange: (event) => tell({ kind: 'change', event }),
    onPost: (event) => tell({ kind: 'post', event }),
    onRendition: (event) => tell({ kind: 'rendition', event }),
    onNotification: () => tell({ kind: 'notification' }),
    onResync: () => tell({ kind: 'resync' }),
    onStatus: (next) => {
      status = next;
      tell({ kind: 'status', status });
    },
  });
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'ask') channel.postMessage({ kind: 'status', status } satisfies Message);
  });
  // Between the tab that led before and this one something may have been missed.
  catchUp();
  await new Promise<void>((resolve) => left.addEventListener('abort', () => resolve(), { once: true }));
  stream.close();
}

function hear(message: Message, listener: StreamListener): void {
  switch (message.kind) {
    case 'change':
      return listener.onChange(message.event);
    case 'post':
      return listener.onPost(message.event);
    case 'rendition':
      return listener.onRendition(message.event);
    case 'notification':
      return listener.onNotification();
    case 'resync':
      return listener.onResync();
    case 'status':
      return listener.onStatus(message.status);
    case 'ask':
      return;
  }
}
