import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, createGuardedFetch, Problem } from '#kernel';
import { type VisiblePost } from '#platforms/core';
import { type DrawnPost } from '#sandbox';

/** They run beside us; a person waits for the answer. */
const TIMEOUT_MS = 3_000;
const MAX_ANSWER_BYTES = 25 * 1024 * 1024;

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
  async file(digest: string): Promise<{ contentType: string; bytes: Buffer } | undefined> {
    const answer = await this.ask(`/media/${digest}`, {}, [404]);
    if (answer.status === 404) return undefined;
    const contentType = answer.headers.get('content-type') ?? '';
    return { contentType, bytes: Buffer.from(await answer.arrayBuffer()) };
  }

  /** Where a person sees a post that has no address of its own. */
  pageOf({ platform, account, id }: VisiblePost): string {
    return `${this.config.sandbox.url}/p/${[platform, account, id].map(encodeURIComponent).join('/')}`;
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
