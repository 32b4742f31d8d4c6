import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { type Database } from '#kernel';
import { type FeedListener, PublicationFeed } from './publication-feed.js';

/** What listens to nothing in particular. */
const listener = (): FeedListener => ({ ready: jest.fn(), changed: jest.fn(), resync: jest.fn() });

describe('PublicationFeed', () => {
  let warn: ReturnType<typeof jest.spyOn>;
  beforeEach(() => {
    jest.useFakeTimers();
    warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  });
  afterEach(() => {
    jest.useRealTimers();
    warn.mockRestore();
  });

  const start = () => {
    const away = () => Promise.reject(new Error('connect ECONNREFUSED'));
    const engine = jest.fn<() => Promise<() => void>>(away);
    return { engine, away, feed: new PublicationFeed({ engine } as unknown as Database) };
  };

  it('asks the database only while somebody listens, and once for all of them', async () => {
    const { engine, feed } = start();
    engine.mockResolvedValue(() => undefined);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(engine).not.toHaveBeenCalled();
    const ends = [feed.subscribe('a', undefined, listener()), feed.subscribe('b', undefined, listener())];
    await jest.advanceTimersByTimeAsync(0);
    expect(engine).toHaveBeenCalledTimes(1);
    for (const end of ends) end();
    const asked = engine.mock.calls.length;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(engine).toHaveBeenCalledTimes(asked);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('goes on asking while the database is away, and says so once for each time', async () => {
    const { engine, away, feed } = start();
    const end = feed.subscribe('a', undefined, listener());
    await jest.advanceTimersByTimeAsync(5_000);
    expect(engine.mock.calls.length).toBeGreaterThanOrEqual(10);
    expect(warn).toHaveBeenCalledTimes(1);
    engine.mockResolvedValueOnce(() => undefined).mockImplementation(away);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(warn).toHaveBeenCalledTimes(2);
    end();
  });
});
