import { patiently } from './patience.js';

const away = new Error('away');
const waitsFor = (error: unknown) => (error === away ? 'It is away.' : undefined);

function begin() {
  const told: string[] = [];
  const stop = new AbortController();
  return { told, stop, starting: { tell: (sentence: string) => void told.push(sentence), stopping: stop.signal } };
}

/** Fails so often, and then succeeds. */
function failing(times: number, error: Error) {
  const work = { tries: 0, do: () => ((work.tries += 1) > times ? Promise.resolve('done') : Promise.reject(error)) };
  return work;
}

describe('patiently', () => {
  it('says nothing where all is well', async () => {
    const { told, starting } = begin();
    expect(await patiently(starting, failing(0, away).do, waitsFor)).toBe('done');
    expect(told).toEqual([]);
  });

  it('tries again while it may pass, and tells each reason once and the end of it', async () => {
    const { told, starting } = begin();
    expect(await patiently(starting, failing(2, away).do, waitsFor)).toBe('done');
    expect(told).toEqual(['It is away. Trying again for 60 s …', 'It answers: going on.']);
  });

  it('gives up in the end, with the failure itself', async () => {
    const { told, starting } = begin();
    const work = failing(Infinity, away);
    await expect(patiently(starting, work.do, waitsFor, 600)).rejects.toBe(away);
    expect(work.tries).toBeGreaterThan(1);
    expect(told).toEqual(['It is away. Trying again for 1 s …']);
  });

  it('waits for nothing that will not pass', async () => {
    const { told, starting } = begin();
    const wrong = new Error('wrong');
    const work = failing(1, wrong);
    await expect(patiently(starting, work.do, waitsFor)).rejects.toBe(wrong);
    expect([work.tries, told]).toEqual([1, []]);
  });

  it('ends with the reason of a stop, without another try', async () => {
    const { starting, stop } = begin();
    const work = failing(Infinity, away);
    const waiting = patiently(starting, work.do, waitsFor);
    const reason = new Error('stopped');
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(work.tries).toBe(1);
  });
});
