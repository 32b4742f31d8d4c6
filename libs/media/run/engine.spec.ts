import { Budget } from './engine.js';

/** A task that reports its start and ends when told to. */
function controlled(budget: Budget, weight: number, started: number[], name: number) {
  let end = (_error?: Error): void => undefined;
  const done = budget.run(weight, () => {
    started.push(name);
    return new Promise<void>((resolve, reject) => {
      end = (error) => (error ? reject(error) : resolve());
    });
  });
  return { done, end: (error?: Error) => end(error) };
}

const settle = () => new Promise(setImmediate);

describe('Budget', () => {
  it('runs what fits side by side and the rest in order of arrival', async () => {
    const budget = new Budget(10);
    const started: number[] = [];
    const [first, second, third, fourth] = [6, 4, 7, 1].map((weight, name) =>
      controlled(budget, weight, started, name),
    );
    await settle();
    expect(started).toEqual([0, 1]);
    second?.end();
    await settle();
    expect(started).toEqual([0, 1]);
    first?.end();
    await settle();
    expect(started).toEqual([0, 1, 2, 3]);
    third?.end();
    fourth?.end();
    await Promise.all([first, second, third, fourth].map(async (task) => task?.done));
  });

  it('runs a task that is heavier than everything, alone', async () => {
    const budget = new Budget(10);
    const started: number[] = [];
    const heavy = controlled(budget, 99, started, 0);
    const light = controlled(budget, 1, started, 1);
    await settle();
    expect(started).toEqual([0]);
    heavy.end();
    await settle();
    expect(started).toEqual([0, 1]);
    light.end();
    await Promise.all([heavy.done, light.done]);
  });

  it('gives back what a failed task held', async () => {
    const budget = new Budget(10);
    const started: number[] = [];
    const failing = controlled(budget, 10, started, 0);
    const next = controlled(budget, 10, started, 1);
    await settle();
    failing.end(new Error('no'));
    await expect(failing.done).rejects.toThrow('no');
    await settle();
    expect(started).toEqual([0, 1]);
    next.end();
    await next.done;
  });
});
