import { Together } from './together.js';

/** What was done together and what alone, held up until it is let go. */
class Work {
  readonly batches: number[][] = [];
  readonly alone: number[] = [];
  /** Those that are left out of a batch, and those that make one fail. */
  locked = new Set<number>();
  refused = new Set<number>();
  lost = false;
  private held: (() => void)[] | undefined;

  readonly together = new Together<number, string>({
    all: async (inputs) => {
      this.batches.push([...inputs]);
      await this.turn();
      if (this.lost) throw new Error('connection lost');
      if (inputs.some((input) => this.refused.has(input))) throw new Error('refused');
      return inputs.map((input) => (this.locked.has(input) ? undefined : `done ${input}`));
    },
    alone: async (input) => {
      this.alone.push(input);
      await this.turn();
      if (this.refused.has(input)) throw new Error(`refused ${input}`);
      return `alone ${input}`;
    },
    key: (input) => String(input % 1000),
    unknown: (error) => (error as Error).message === 'connection lost',
  });

  holdUp(): void {
    this.held = [];
  }

  letGo(): void {
    const held = this.held ?? [];
    this.held = undefined;
    held.forEach((go) => go());
  }

  private async turn(): Promise<void> {
    const { held } = this;
    if (held) await new Promise<void>((resolve) => held.push(resolve));
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('rule 14: work of many publications goes together', () => {
  it('joins what is asked for in the same turn', async () => {
    const work = new Work();
    expect(await Promise.all([1, 2, 3].map((input) => work.together.do(input)))).toEqual([
      'done 1',
      'done 2',
      'done 3',
    ]);
    expect(work.batches).toEqual([[1, 2, 3]]);
    expect(work.alone).toEqual([]);
  });

  it('gathers what is asked for while other transactions are under way, however many', async () => {
    const work = new Work();
    work.holdUp();
    const answers: Promise<string>[] = [];
    for (let input = 0; input < 50; input += 1) {
      answers.push(work.together.do(input));
      await turn();
    }
    work.letGo();
    await Promise.all(answers);
    expect(work.batches.length).toBeLessThanOrEqual(3);
    expect(work.batches.flat()).toHaveLength(50);
  });

  it('never takes two of one channel together', async () => {
    const work = new Work();
    await Promise.all([7, 1007, 8].map((input) => work.together.do(input)));
    expect(work.batches).toEqual([[7, 8], [1007]]);
  });

  it('does alone what is locked by somebody, and keeps nobody else waiting for it', async () => {
    const work = new Work();
    work.locked.add(2);
    const [first, second] = [work.together.do(1), work.together.do(2)];
    expect(await first).toBe('done 1');
    expect(await second).toBe('alone 2');
    // Two that wait alone without end do not stop what comes after them.
    work.locked = new Set([3, 4]);
    const stuck = [work.together.do(3), work.together.do(4)];
    await turn();
    work.holdUp();
    await turn();
    const after = work.together.do(5);
    await turn();
    expect(work.batches.at(-1)).toEqual([5]);
    work.letGo();
    expect(await after).toBe('done 5');
    await Promise.all(stuck);
  });

  it('lets one that is refused fail alone, and the others succeed', async () => {
    const work = new Work();
    work.refused.add(2);
    const answers = await Promise.allSettled([1, 2, 3].map((input) => work.together.do(input)));
    expect(
      answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : (answer.reason as Error).message)),
    ).toEqual(['alone 1', 'refused 2', 'alone 3']);
  });

  it('does nothing again when nobody knows what became of it', async () => {
    const work = new Work();
    work.lost = true;
    const answers = await Promise.allSettled([1, 2].map((input) => work.together.do(input)));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(work.alone).toEqual([]);
  });
});
