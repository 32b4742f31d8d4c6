import { jest } from '@jest/globals';
import { ApiError, OfflineError, type Problem } from '../api/problem.js';
import { type Post } from '../api/queries.js';
import { changeDraft, type CreateBody, type Draft, emptyDraft } from './draft.js';
import { baseOf, DraftKeeper, type KeeperApi, type TaggedPost } from './draft-keeper.js';
import { LocalDrafts } from './local-drafts.js';
import { openPost } from './opening.js';
import { contentOf } from './post-body.js';

const written = (text: string): Draft => changeDraft(emptyDraft('UTC'), { type: 'text', value: text });

/** A server with one post, and a line to it that can be cut before or after it hears something. */
class Server implements KeeperApi {
  post: TaggedPost | undefined;
  line: 'up' | 'down' | 'answers-lost' = 'up';
  readonly keys = new Map<string, TaggedPost>();
  creates = 0;
  changes: Parameters<KeeperApi['change']>[2][] = [];

  create(body: CreateBody, key: string) {
    return this.talk(() => {
      const earlier = this.keys.get(key);
      if (earlier) return earlier;
      this.creates += 1;
      const { schedule, ...content } = body;
      this.post = tagged(content, 1, schedule !== null);
      this.keys.set(key, this.post);
      return this.post;
    });
  }

  change(_: string, etag: string, body: Parameters<KeeperApi['change']>[2]) {
    return this.talk(() => {
      const { data } = this.stored();
      if (etag !== this.stored().etag) throw refusal(412);
      this.changes.push(body);
      const { schedule, ...content } = body;
      const isScheduled = schedule === undefined ? data.publications.length > 0 : schedule !== null;
      this.post = tagged({ ...data, ...content }, data.version + 1, isScheduled);
      return this.post;
    });
  }

  read() {
    return this.talk(() => this.stored());
  }

  text() {
    return this.stored().data.content.text;
  }

  private stored(): TaggedPost {
    if (!this.post) throw refusal(404);
    return this.post;
  }

  private async talk<T>(work: () => T): Promise<T> {
    if (this.line === 'down') throw new OfflineError('away');
    const result = work();
    if (this.line === 'answers-lost') throw new OfflineError('away');
    return result;
  }
}

function tagged(content: Pick<CreateBody, 'content' | 'media' | 'channels'>, version: number, scheduled: boolean) {
  const publications = scheduled ? [{ state: 'scheduled', dueAt: '2027-01-01T09:00:00Z' }] : [];
  const data = { ...content, id: 'post-1', version, publications } as unknown as Post;
  return { data, etag: `"${version}"` };
}

function refusal(status: number): ApiError {
  return new ApiError({ type: 'urn:clickpost:problem:x', title: 'No', status, detail: 'No' } as unknown as Problem);
}

function memory(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    key: (index: number) => [...items.keys()][index] ?? null,
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
  };
}

function setUp(server = new Server(), storage = memory()) {
  const store = new LocalDrafts(storage, 'ada', 'ws');
  let keys = 0;
  const options = { api: server, store, newId: 'new-1', newKey: () => `key-${++keys}`, onCreated: () => undefined };
  const fresh = () => new DraftKeeper({ ...options, draft: emptyDraft('UTC') });
  const resume = () => new DraftKeeper({ ...options, draft: emptyDraft('UTC'), ...store.read('new-1') });
  const editing = (draft: Draft) => {
    const base = baseOf(server.post as TaggedPost);
    return new DraftKeeper({ ...options, draft, base });
  };
  return { server, store, storage, fresh, resume, editing };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('a new post', () => {
  it('is on this device at once, and on the server after a pause', async () => {
    const { server, store, fresh } = setUp();
    const keeper = fresh();
    keeper.keep(written('Hello'));
    expect(store.read('new-1')?.draft.text).toBe('Hello');
    expect(server.post).toBeUndefined();
    await jest.advanceTimersByTimeAsync(2000);
    expect(server.text()).toBe('Hello');
    expect(keeper.status.kind).toBe('saved');
    expect(store.read('new-1')).toBeUndefined();
  });

  it('is not made of nothing', async () => {
    const { server, store, fresh } = setUp();
    fresh().keep(written('  '));
    await jest.advanceTimersByTimeAsync(5000);
    expect(server.post).toBeUndefined();
    expect(store.newIds()).toEqual([]);
  });

  it('is one post also when the answer was lost and more was written', async () => {
    const { server, fresh } = setUp();
    const keeper = fresh();
    server.line = 'answers-lost';
    keeper.keep(written('Hel'));
    await jest.advanceTimersByTimeAsync(2000);
    expect(keeper.status.kind).toBe('waiting');
    server.line = 'up';
    keeper.keep(written('Hello'));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(server.creates).toBe(1);
    expect(server.text()).toBe('Hello');
    expect(keeper.status.kind).toBe('saved');
  });

  it('is one post also when the tab was closed before the answer came', async () => {
    const { server, fresh, resume } = setUp();
    server.line = 'answers-lost';
    const keeper = fresh();
    keeper.keep(written('Hello'));
    await jest.advanceTimersByTimeAsync(2000);
    keeper.stop();
    await jest.advanceTimersByTimeAsync(0);
    server.line = 'up';
    const again = resume();
    again.start();
    await jest.advanceTimersByTimeAsync(2000);
    expect(server.creates).toBe(1);
    expect(again.status.kind).toBe('saved');
  });

  it('waits on this device while the server is away', async () => {
    const { server, store, fresh } = setUp();
    server.line = 'down';
    const keeper = fresh();
    keeper.keep(written('Hello'));
    await jest.advanceTimersByTimeAsync(20_000);
    expect(keeper.status.kind).toBe('waiting');
    expect(store.read('new-1')?.draft.text).toBe('Hello');
    server.line = 'up';
    await jest.advanceTimersByTimeAsync(10_000);
    expect(server.text()).toBe('Hello');
  });

  it('is scheduled once also when the answer was lost', async () => {
    const { server, store, fresh } = setUp();
    const keeper = fresh();
    keeper.keep(written('Hello'));
    await keeper.flush();
    server.line = 'answers-lost';
    await expect(keeper.submit('now')).rejects.toThrow('away');
    server.line = 'up';
    const post = await keeper.submit('now');
    expect(post.publications).toHaveLength(1);
    expect(server.changes).toHaveLength(1);
    expect(store.read('post-1')).toBeUndefined();
  });

  it('tells when even this device keeps nothing', async () => {
    const storage = memory();
    storage.setItem = () => {
      throw new Error('full');
    };
    const { server, fresh } = setUp(new Server(), storage);
    server.line = 'down';
    const keeper = fresh();
    keeper.keep(written('Hello'));
    expect(keeper.isAtRisk).toBe(true);
    server.line = 'up';
    await jest.advanceTimersByTimeAsync(20_000);
    expect(keeper.isAtRisk).toBe(false);
  });
});

describe('a post that somebody else changes', () => {
  async function twoEditors() {
    const all = setUp();
    const mine = all.fresh();
    mine.keep(written('Start'));
    await mine.flush();
    const theirs = all.editing(written('Start'));
    theirs.keep(written('Theirs'));
    await theirs.flush();
    mine.keep(written('Mine'));
    await jest.advanceTimersByTimeAsync(2000);
    return { ...all, mine };
  }

  it('is not overwritten: the person chooses', async () => {
    const { server, mine } = await twoEditors();
    expect(mine.status.kind).toBe('conflict');
    expect(server.text()).toBe('Theirs');
    mine.keepMine();
    await jest.advanceTimersByTimeAsync(2000);
    expect(server.text()).toBe('Mine');
  });

  it('can be gone on from', async () => {
    const { server, mine } = await twoEditors();
    mine.takeTheirs(written('Theirs'));
    mine.keep(written('Theirs and more'));
    await jest.advanceTimersByTimeAsync(2000);
    expect(server.text()).toBe('Theirs and more');
  });

  it('keeps what is typed before the choice', async () => {
    const { store, mine } = await twoEditors();
    mine.keep(written('Mine, longer'));
    await jest.advanceTimersByTimeAsync(5000);
    expect(mine.status.kind).toBe('conflict');
    expect(store.read('post-1')?.draft.text).toBe('Mine, longer');
  });

  it('becomes a post of its own when it was deleted', async () => {
    const { server, fresh } = setUp();
    const keeper = fresh();
    keeper.keep(written('Start'));
    await keeper.flush();
    server.post = undefined;
    keeper.keep(written('More'));
    await jest.advanceTimersByTimeAsync(2000);
    expect(keeper.status.kind).toBe('gone');
    keeper.saveAsNew();
    await jest.advanceTimersByTimeAsync(2000);
    expect(server.creates).toBe(2);
    expect(server.text()).toBe('More');
  });
});

describe('a scheduled post', () => {
  it('is never changed by itself', async () => {
    const { server, store, fresh, editing } = setUp();
    const first = fresh();
    first.keep(written('Hello'));
    await first.submit({ at: '2027-01-01T09:00', timeZone: 'UTC' });
    const keeper = editing(written('Hello'));
    keeper.keep(written('Hello again'));
    await jest.advanceTimersByTimeAsync(10_000);
    keeper.stop();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(keeper.status.kind).toBe('local');
    expect(server.text()).toBe('Hello');
    expect(store.read('post-1')?.draft.text).toBe('Hello again');
    await keeper.submit(undefined);
    expect(server.text()).toBe('Hello again');
    expect(server.changes.at(-1)).not.toHaveProperty('schedule');
  });
});

describe('openPost', () => {
  const saved = (text: string, version: number, scheduled = false) =>
    tagged({ ...contentOf(written(text)) }, version, scheduled);
  const kept = (text: string, on: TaggedPost) => ({
    draft: changeDraft(written(text), { type: 'schedule', change: { local: '2027-02-02T08:00' } }),
    base: baseOf(on),
    at: 0,
  });

  it('goes on from what was typed', () => {
    const base = saved('Start', 1);
    const opened = openPost(base, kept('Mine', base), 'UTC');
    expect(opened).toMatchObject({ draft: { text: 'Mine' }, resumed: true, status: { kind: 'clean' } });
  });

  it('takes what somebody else saved where nothing was typed, and keeps the time that was chosen', () => {
    const opened = openPost(saved('Theirs', 2), kept('Start', saved('Start', 1)), 'UTC');
    expect(opened.draft).toMatchObject({ text: 'Theirs', schedule: { local: '2027-02-02T08:00' } });
    expect(opened.resumed).toBe(false);
  });

  it('asks where both were changed', () => {
    const opened = openPost(saved('Theirs', 2), kept('Mine', saved('Start', 1)), 'UTC');
    expect(opened).toMatchObject({ draft: { text: 'Mine' }, status: { kind: 'conflict' } });
  });

  it('says that changes of a scheduled post are here alone, and takes its new time', () => {
    const opened = openPost(saved('Start', 2, true), kept('Mine', saved('Start', 1, true)), 'UTC');
    expect(opened).toMatchObject({
      draft: { text: 'Mine', schedule: { local: '2027-01-01T09:00' } },
      status: { kind: 'local' },
    });
  });
});
