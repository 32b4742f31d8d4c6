/** How work is done together. */
interface Joined<In, Out> {
  /** Does the work of all in one transaction. Undefined for one that has to be done alone, because it was left out. */
  all: (inputs: readonly In[]) => Promise<readonly (Out | undefined)[]>;
  /** Does the work of one, and waits for whatever stands in its way. */
  alone: (input: In) => Promise<Out>;
  /** Two of the same key are never done together. */
  key: (input: In) => string;
  /** Whether nobody knows what became of a transaction that failed like this: then it is not done again alone. */
  unknown: (error: unknown) => boolean;
}

interface Waiting<In, Out> {
  input: In;
  resolve: (output: Out) => void;
  reject: (error: unknown) => void;
}

const MOST_TOGETHER = 100;

/**
 * Joins the same work of many publications in flight into one transaction, as databases do with their commits: round trips
 * and fsyncs do not grow with the number of publications. It waits for nobody: what is asked for while another transaction
 * is under way goes together into the next. One that cannot be done with the others, or makes them fail, is done alone.
 */
export class Together<In, Out> {
  private waiting: Waiting<In, Out>[] = [];
  private underWay = false;

  constructor(private readonly joined: Joined<In, Out>) {}

  /** Does the work. Rejects with what `alone` would reject with. */
  do(input: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ input, resolve, reject });
      // Whatever is asked for in this very turn goes along.
      if (this.waiting.length === 1) setImmediate(() => this.begin());
    });
  }

  /** One transaction of a kind at a time: while it lasts, the next ones gather. */
  private begin(): void {
    if (this.underWay || this.waiting.length === 0) return;
    this.underWay = true;
    void this.run(this.next()).finally(() => {
      this.underWay = false;
      this.begin();
    });
  }

  /** As many of those that wait as may go together. */
  private next(): Waiting<In, Out>[] {
    const batch = new Map<string, Waiting<In, Out>>();
    const later: Waiting<In, Out>[] = [];
    for (const one of this.waiting) {
      const key = this.joined.key(one.input);
      if (batch.has(key) || batch.size >= MOST_TOGETHER) later.push(one);
      else batch.set(key, one);
    }
    this.waiting = later;
    return [...batch.values()];
  }

  /** Never rejects: every failure is one of those who asked. What has to wait alone keeps nobody else waiting. */
  private async run(batch: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const outputs = await this.joined.all(batch.map(({ input }) => input));
      batch.forEach((one, index) => {
        const output = outputs[index];
        if (output === undefined) void this.runAlone(one);
        else one.resolve(output);
      });
    } catch (error) {
      for (const one of batch) {
        if (this.joined.unknown(error)) one.reject(error);
        // One of them was refused, and all were rolled back: alone, the others succeed.
        else void this.runAlone(one);
      }
    }
  }

  private async runAlone({ input, resolve, reject }: Waiting<In, Out>): Promise<void> {
    try {
      resolve(await this.joined.alone(input));
    } catch (error) {
      reject(error);
    }
  }
}
