/** One server-sent event. */
export interface ReceivedEvent {
  id: string;
  event: string;
  data: Record<string, unknown>;
}

const WAIT_MS = 20_000;

/** Somebody who listens to `/v1/events`. */
export class Events {
  /** Everything that came, in order. */
  readonly all: ReceivedEvent[] = [];
  /** Resolves when the stream has ended, from whichever side. */
  readonly end: Promise<void>;
  ended = false;
  private readonly wakes = new Set<() => void>();
  /** How many of each kind `next` has given out. */
  private taken = 0;

  private constructor(
    readonly headers: Headers,
    body: ReadableStream<Uint8Array>,
    private readonly abort: AbortController,
  ) {
    this.end = this.read(body);
  }

  /** Throws where the answer is no stream. */
  static async open(url: string, headers: Record<string, string>): Promise<Events> {
    const abort = new AbortController();
    const answer = await fetch(url, { headers, signal: abort.signal });
    if (answer.status !== 200 || !answer.body) throw new Error(`${answer.status} ${await answer.text()}`);
    return new Events(answer.headers, answer.body, abort);
  }

  /** The next event of this name that matches, of those that `next` has not passed yet. Fails after 20 s, or at the end. */
  async next(event: string, matches: (event: ReceivedEvent) => boolean = () => true): Promise<ReceivedEvent> {
    const timeout = Date.now() + WAIT_MS;
    for (;;) {
      for (; this.taken < this.all.length; this.taken += 1) {
        const candidate = this.all[this.taken];
        if (candidate?.event === event && matches(candidate)) {
          this.taken += 1;
          return candidate;
        }
      }
      if (this.ended || Date.now() > timeout) throw new Error(`No such "${event}" came: ${JSON.stringify(this.all)}`);
      await this.change();
    }
  }

  /** The versions of a publication that were told, in the order of telling. */
  versionsOf(publicationId: string): number[] {
    return this.all
      .filter(({ event, data }) => event === 'publication' && data['publicationId'] === publicationId)
      .map(({ data }) => Number(data['version']));
  }

  /** Goes away without a word, as a lost connection does. */
  close(): void {
    this.abort.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    try {
      for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch (error) {
      if (!this.abort.signal.aborted) throw error;
    } finally {
      this.ended = true;
      this.wake();
    }
  }

  private take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const event = field('event');
    if (event === undefined) return;
    this.all.push({ event, id: field('id') ?? '', data: JSON.parse(field('data') ?? '') as Record<string, unknown> });
    this.wake();
  }

  private wake(): void {
    for (const wake of this.wakes) wake();
    this.wakes.clear();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 1_000);
      this.wakes.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
