import { type OutgoingHttpHeaders } from 'node:http';
import { type Writable } from 'node:stream';

/** Proxies and browsers give up on a connection that is silent for longer than about half a minute. */
const HEARTBEAT_MS = 15_000;
/** Then the client comes again, and whether it still may is checked again. */
const MAX_AGE_MS = 5 * 60_000;
/** So long a stream may take to hand over what was written, once it is ended. */
const FLUSH_MS = 1_000;
/** After a lost connection the client waits this long before it comes again. */
const RETRY_MS = 1_000;
/** Bytes that may wait for a client that reads too slowly. What it misses it catches up on with its next connection. */
export const MAX_WAITING_BYTES = 1024 * 1024;

/** What a stream needs of an answer: an Express response has it. */
export interface StreamedAnswer extends Writable {
  writeHead(status: number, headers: OutgoingHttpHeaders): unknown;
}

/** One answer of server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export class EventStream {
  private readonly heartbeat: NodeJS.Timeout;
  private readonly maxAge: NodeJS.Timeout;

  /** Begins the answer. @param onClose told once, whoever ends it */
  constructor(
    private readonly answer: StreamedAnswer,
    onClose: () => void,
  ) {
    answer.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
      // A connection that was kept for a next request would keep the process from stopping.
      Connection: 'close',
    });
    this.heartbeat = setInterval(() => this.write(':\n\n'), HEARTBEAT_MS);
    this.maxAge = setTimeout(() => this.end(), MAX_AGE_MS);
    answer.once('close', () => {
      clearInterval(this.heartbeat);
      clearTimeout(this.maxAge);
      onClose();
    });
    this.write(`retry: ${RETRY_MS}\n\n`);
  }

  /** @param id comes back as `Last-Event-ID` when the client connects again; undefined leaves the last one as it is */
  send(event: string, id: string | undefined, data: object): void {
    const cursor = id === undefined ? '' : `id: ${id}\n`;
    this.write(`${cursor}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Ends it, also where the client does not read. */
  end(): void {
    if (this.answer.writableEnded) return;
    this.answer.end();
    const overdue = setTimeout(() => this.answer.destroy(), FLUSH_MS);
    this.answer.once('close', () => clearTimeout(overdue));
  }

  private write(text: string): void {
    if (this.answer.writableEnded || this.answer.destroyed) return;
    this.answer.write(text);
    if (this.answer.writableLength > MAX_WAITING_BYTES) this.answer.destroy();
  }
}
