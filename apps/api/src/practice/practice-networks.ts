import { Inject, Injectable } from '@nestjs/common';
import { type ByteRange, CONFIG, type Config, createGuardedFetch, Problem } from '#kernel';
import { type VisiblePost } from '#platforms/core';
import { type DrawnPost } from '#sandbox';

/** They run beside us; a person waits for the answer. */
const TIMEOUT_MS = 3_000;
const MAX_ANSWER_BYTES = 25 * 1024 * 1024;
/** Files are asked for piece by piece, so that one of any size takes no memory. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** A file that was posted. */
export interface PracticeFile {
  contentType: string;
  bytes: number;
  /** Piece by piece, each asked for when the one before was taken. A stream of it fails where the networks do not answer. */
  read(range: ByteRange): AsyncIterable<Uint8Array>;
}

/** Asks the practice networks what can be seen on them. Throws a problem where they are switched off or do not answer. */
@Injectable()
export class PracticeNetworks {
  private readonly fetch: typeof fetch;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.fetch = createGuardedFetch({
      allow: [],
      exemptOrigins: [new URL(config.sandbox.url).origin],
      timeoutMs: TIMEOUT_MS,
      maxResponseBytes: MAX_ANSWER_BYTES,
    });
  }

  /** @throws Problem 404 */
  requireEnabled(): void {
    if (this.config.sandbox.enabled) return;
    throw Problem.notFound('Practice networks are switched off on this installation.');
  }

  /** Those of these posts that can be seen now, in the same order. */
  async visible(posts: readonly { platform: string; id: string }[]): Promise<DrawnPost[]> {
    if (posts.length === 0) return [];
    const headers = { 'content-type': 'application/json' };
    const answer = await this.ask('/feed.json', { method: 'POST', headers, body: JSON.stringify({ posts }) });
    return this.list<DrawnPost>(answer);
  }

  /** Which visible posts show a file. */
  async showing(digest: string): Promise<{ platform: string; id: string }[]> {
    return this.list(await this.ask(`/media/${digest}/posts`));
  }

  /** A file that was posted; undefined where there is none. */
  async file(digest: string): Promise<PracticeFile | undefined> {
    const path = `/media/${digest}`;
    const { status, headers } = await this.ask(path, { method: 'HEAD' }, [404]);
    if (status === 404) return undefined;
    const bytes = Number(headers.get('content-length'));
    const read = (range: ByteRange) => this.pieces(path, range.start, range.end ?? bytes - 1);
    return { contentType: headers.get('content-type') ?? '', bytes, read };
  }

  /** Where a person sees a post that has no address of its own. */
  pageOf({ platform, account, id }: VisiblePost): string {
    return `${this.config.sandbox.url}/p/${[platform, account, id].map(encodeURIComponent).join('/')}`;
  }

  private async *pieces(path: string, start: number, last: number): AsyncGenerator<Uint8Array> {
    for (let from = start; from <= last; from += PIECE_BYTES) {
      const to = Math.min(last, from + PIECE_BYTES - 1);
      const piece = await this.ask(path, { headers: { range: `bytes=${from}-${to}` } });
      const bytes = new Uint8Array(await piece.arrayBuffer());
      if (bytes.length !== to - from + 1) throw unreachable(new Error(`${bytes.length} bytes came of ${from}-${to}.`));
      yield bytes;
    }
  }

  private async ask(path: string, init: RequestInit = {}, expected: readonly number[] = []): Promise<Response> {
    this.requireEnabled();
    let answer: Response;
    try {
      answer = await this.fetch(`${this.config.sandbox.url}${path}`, init);
    } catch (cause) {
      throw unreachable(cause);
    }
    if (!answer.ok && !expected.includes(answer.status)) throw unreachable(new Error(`HTTP ${answer.status}`));
    return answer;
  }

  private async list<T>(answer: Response): Promise<T[]> {
    // Whatever else runs at that address may answer anything.
    const body: unknown = await answer.json().catch(() => undefined);
    const data = (body as { data?: unknown } | undefined)?.data;
    if (!Array.isArray(data)) throw unreachable(new Error('The answer is no list.'));
    return data as T[];
  }
}

function unreachable(cause: unknown): Problem {
  return Problem.unavailable(
    'The practice networks do not answer. What you publish on them waits; see the log of the process that runs them.',
    { retryAfter: 5, cause },
  );
}
