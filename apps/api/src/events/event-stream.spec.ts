import { jest } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { EventStream, MAX_WAITING_BYTES } from './event-stream.js';

/** An answer that is read only when the test reads it. */
class Answer extends PassThrough {
  readonly heads: [number, object][] = [];
  writeHead(status: number, headers: object): void {
    this.heads.push([status, headers]);
  }
  text(): string {
    return String(this.read() ?? '');
  }
}

describe('EventStream', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const begin = () => {
    const answer = new Answer();
    const onClose = jest.fn();
    return { answer, onClose, stream: new EventStream(answer, onClose) };
  };

  it('is not stored, and not gathered by a proxy', () => {
    const { answer } = begin();
    expect(answer.heads).toEqual([
      [
        200,
        expect.objectContaining({
          'Content-Type': 'text/event-stream; charset=utf-8',
          'Cache-Control': 'no-store',
          'X-Accel-Buffering': 'no',
        }),
      ],
    ]);
  });

  it('writes events as the standard wants them', () => {
    const { answer, stream } = begin();
    answer.text();
    stream.send('publication', '7.x.1', { text: 'two\nlines' });
    expect(answer.text()).toBe('id: 7.x.1\nevent: publication\ndata: {"text":"two\\nlines"}\n\n');
  });

  it('leaves the place to go on from as it is where an event has none', () => {
    const { answer, stream } = begin();
    answer.text();
    stream.send('notification', undefined, {});
    expect(answer.text()).toBe('event: notification\ndata: {}\n\n');
  });

  it('shows every 15 seconds that it is alive', () => {
    const { answer } = begin();
    answer.text();
    jest.advanceTimersByTime(14_999);
    expect(answer.text()).toBe('');
    jest.advanceTimersByTime(1);
    expect(answer.text()).toBe(':\n\n');
    jest.advanceTimersByTime(15_000);
    expect(answer.text()).toBe(':\n\n');
  });

  it('ends by itself after five minutes, and says nothing more', async () => {
    const { answer, stream, onClose } = begin();
    jest.advanceTimersByTime(5 * 60_000 - 1);
    expect(answer.writableEnded).toBe(false);
    jest.advanceTimersByTime(1);
    expect(answer.writableEnded).toBe(true);
    stream.send('publication', '1', {});
    expect(answer.text()).not.toContain('publication');
    const closed = new Promise((resolve) => answer.once('close', resolve));
    answer.resume();
    await closed;
    expect(onClose).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('lets go of a client that reads too slowly', async () => {
    const { answer, stream, onClose } = begin();
    const closed = new Promise((resolve) => answer.once('close', resolve));
    const data = { text: 'x'.repeat(1_000) };
    for (let sent = 0; sent < MAX_WAITING_BYTES / 2; sent += 1_000) stream.send('publication', '1', data);
    expect(answer.destroyed).toBe(false);
    for (let sent = 0; sent < MAX_WAITING_BYTES; sent += 1_000) stream.send('publication', '1', data);
    expect(answer.destroyed).toBe(true);
    await closed;
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('is gone a second after its end, also when the client never reads', () => {
    const { answer, stream } = begin();
    stream.end();
    expect(answer.destroyed).toBe(false);
    jest.advanceTimersByTime(1_000);
    expect(answer.destroyed).toBe(true);
  });
});
