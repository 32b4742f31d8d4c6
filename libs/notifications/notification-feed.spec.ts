import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { type Database } from '#kernel';
import { NotificationFeed } from './notification-feed.js';

const ann = { organizationId: 'o', userId: 'ann' };
const ben = { organizationId: 'o', userId: 'ben' };

describe('NotificationFeed', () => {
  let warn: ReturnType<typeof jest.spyOn>;
  beforeEach(() => {
    jest.useFakeTimers();
    warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  });
  afterEach(() => {
    jest.useRealTimers();
    warn.mockRestore();
  });

  /** A database in which nothing changes. */
  const start = () => {
    const nothing = { records: [{ until: '9', organization_id: null, user_id: null }] };
    const query = jest.fn(() => Promise.resolve<unknown>(nothing));
    const engine = jest.fn((work: (tx: unknown) => Promise<unknown>) => work({ queryRunner: { query } }));
    return { query, engine, feed: new NotificationFeed({ engine } as unknown as Database) };
  };

  it('asks only while somebody listens, once for all of them', async () => {
    const { engine, feed } = start();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(engine).not.toHaveBeenCalled();
    const ends = [feed.subscribe(ann, jest.fn()), feed.subscribe(ben, jest.fn())];
    await jest.advanceTimersByTimeAsync(0);
    expect(engine).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(engine).toHaveBeenCalledTimes(4);
    for (const end of ends) end();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(engine).toHaveBeenCalledTimes(4);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('tells newcomers once, and later those alone whose notifications changed', async () => {
    const { query, feed } = start();
    const [tellAnn, tellBen] = [jest.fn(), jest.fn()];
    const ends = [feed.subscribe(ann, tellAnn), feed.subscribe(ben, tellBen)];
    await jest.advanceTimersByTimeAsync(0);
    expect([tellAnn.mock.calls.length, tellBen.mock.calls.length]).toEqual([1, 1]);
    query.mockResolvedValueOnce({ records: [{ until: '10', organization_id: 'o', user_id: 'ann' }] });
    await jest.advanceTimersByTimeAsync(2_000);
    expect([tellAnn.mock.calls.length, tellBen.mock.calls.length]).toEqual([2, 1]);
    for (const end of ends) end();
  });

  it('goes on while the database is away, and says so once', async () => {
    const { query, feed } = start();
    query.mockRejectedValue(new Error('connect ECONNREFUSED'));
    const tell = jest.fn();
    const end = feed.subscribe(ann, tell);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(tell).not.toHaveBeenCalled();
    expect(warn).toHaveBeenCalledTimes(1);
    query.mockResolvedValue({ records: [{ until: '9', organization_id: null, user_id: null }] });
    await jest.advanceTimersByTimeAsync(2_000);
    expect(tell).toHaveBeenCalledTimes(1);
    end();
  });
});
