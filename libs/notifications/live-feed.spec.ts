import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { type Database } from '#kernel';
import { LiveFeed, type LiveListener } from './live-feed.js';

/** What listens to nothing in particular. */
const listener = (): LiveListener => ({ notified: jest.fn(), postChanged: jest.fn() });
const NOTHING = { until: '9', organization_id: null, user_id: null, workspace_id: null, post_id: null };
const ann = { organizationId: 'o', userId: 'ann' };
const ben = { organizationId: 'o', userId: 'ben' };

describe('LiveFeed', () => {
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
    const nothing = { records: [NOTHING] };
    const query = jest.fn(() => Promise.resolve<unknown>(nothing));
    const engine = jest.fn((work: (tx: unknown) => Promise<unknown>) => work({ queryRunner: { query } }));
    return { query, engine, feed: new LiveFeed({ engine } as unknown as Database) };
  };

  it('asks only while somebody listens, once for all of them', async () => {
    const { engine, feed } = start();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(engine).not.toHaveBeenCalled();
    const ends = [feed.subscribe(ann, listener()), feed.subscribe(ben, listener())];
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
    const [[tellAnn, tellBen], cy] = [[jest.fn(), jest.fn()], listener()];
    const ends = [
      feed.subscribe(ann, { ...listener(), notified: tellAnn }),
      feed.subscribe(ben, { ...listener(), notified: tellBen }),
      feed.subscribe({ organizationId: 'elsewhere', userId: 'ann' }, cy),
    ];
    await jest.advanceTimersByTimeAsync(0);
    expect([tellAnn.mock.calls.length, tellBen.mock.calls.length]).toEqual([1, 1]);
    query.mockResolvedValueOnce({ records: [{ ...NOTHING, until: '10', organization_id: 'o', user_id: 'ann' }] });
    await jest.advanceTimersByTimeAsync(2_000);
    expect([tellAnn.mock.calls.length, tellBen.mock.calls.length]).toEqual([2, 1]);
    expect(cy.notified).toHaveBeenCalledTimes(1);
    for (const end of ends) end();
  });

  it('tells everybody of the organization which post changed', async () => {
    const { query, feed } = start();
    const [here, elsewhere] = [listener(), listener()];
    const ends = [feed.subscribe(ann, here), feed.subscribe({ organizationId: 'elsewhere', userId: 'ann' }, elsewhere)];
    const post = { workspace_id: 'w', post_id: 'p' };
    query.mockResolvedValueOnce({ records: [NOTHING] });
    query.mockResolvedValueOnce({ records: [{ ...NOTHING, ...post, until: '10', organization_id: 'o' }] });
    await jest.advanceTimersByTimeAsync(2_000);
    expect(here.postChanged).toHaveBeenCalledTimes(1);
    expect(here.postChanged).toHaveBeenCalledWith({ workspaceId: 'w', postId: 'p' });
    expect(elsewhere.postChanged).not.toHaveBeenCalled();
    for (const end of ends) end();
  });

  it('goes on while the database is away, and says so once', async () => {
    const { query, feed } = start();
    query.mockRejectedValue(new Error('connect ECONNREFUSED'));
    const tell = jest.fn();
    const end = feed.subscribe(ann, { ...listener(), notified: tell });
    await jest.advanceTimersByTimeAsync(5_000);
    expect(tell).not.toHaveBeenCalled();
    expect(warn).toHaveBeenCalledTimes(1);
    query.mockResolvedValue({ records: [NOTHING] });
    await jest.advanceTimersByTimeAsync(2_000);
    expect(tell).toHaveBeenCalledTimes(1);
    end();
  });
});
