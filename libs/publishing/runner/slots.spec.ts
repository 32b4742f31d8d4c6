import { Slots } from './slots.js';

it('never does more at once than there is room for, and all of it in the order of coming', async () => {
  const slots = new Slots(3);
  let [now, most] = [0, 0];
  const begun: number[] = [];
  const work = (index: number) => async () => {
    begun.push(index);
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
    if (index % 5 === 0) throw new Error('it failed');
  };
  const ends = await Promise.allSettled(Array.from({ length: 40 }, (_, index) => slots.use(work(index))));
  expect(most).toBe(3);
  expect(begun).toEqual(Array.from({ length: 40 }, (_, index) => index));
  expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(8);
});

it('lets go who no longer wants to wait, and loses no room by it', async () => {
  const slots = new Slots(1);
  let end: () => void = () => undefined;
  const first = slots.use(() => new Promise<void>((resolve) => (end = resolve)));
  const gone = new AbortController();
  const second = slots.use(() => Promise.resolve('second'), gone.signal);
  const third = slots.use(() => Promise.resolve('third'));
  gone.abort(new Error('it stops'));
  await expect(second).rejects.toThrow('it stops');
  end();
  await first;
  expect(await third).toBe('third');
  expect(await slots.use(() => Promise.resolve('fourth'))).toBe('fourth');
});
