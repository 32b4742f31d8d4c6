import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  type CommitContext,
  type Json,
  type JsonObject,
  type MediaSource,
  type PrepareContext,
  stringField,
} from '#platforms/core';
import { platform } from '#platforms/bluesky';
import { practiceDraft, type PracticeDraft, practiceImage, practiceVideo, readable } from '#platforms/testing';
import { clip, CLIPS } from '../../libs/media/testing/clips.js';

const folder = join(import.meta.dirname, 'bluesky-pds');
const installed = existsSync(join(folder, 'node_modules'));
const { adapter } = platform;
const { manifest } = adapter;
const POST = 'app.bsky.feed.post';

/** The real server, and one account on it with an app password. */
class Pds {
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<Pds> {
    const env = { ...process.env, LOG_ENABLED: 'false' };
    const child = spawn(process.execPath, ['start.mjs'], { cwd: folder, env, stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('The PDS ended before it was up.')));
    const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
    ended.catch(() => undefined); // From here on its end is wanted.
    return new Pds(child, (JSON.parse(line) as { url: string }).url);
  }

  /** The server's own API, as any other client would use it. */
  async call(nsid: string, input: JsonObject | undefined, token?: string): Promise<JsonObject> {
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(input && { 'content-type': 'application/json' }),
    };
    const init = input ? { method: 'POST', headers, body: JSON.stringify(input) } : { headers };
    const response = await fetch(`${this.url}/xrpc/${nsid}`, init);
    const body = (await response.json()) as JsonObject;
    if (!response.ok) throw new Error(`${nsid}: HTTP ${response.status} ${JSON.stringify(body)}`);
    return body;
  }

  /** Signs an account up, without an invitation, and makes an app password for it. */
  async signUp(handle: string): Promise<string> {
    const password = 'the-main-password';
    const account = await this.call('com.atproto.server.createAccount', { handle, password, email: `me@${handle}` });
    const token = stringField(account, 'accessJwt', 'signing up');
    const made = await this.call('com.atproto.server.createAppPassword', { name: 'ClickPost' }, token);
    return stringField(made, 'password', 'making an app password');
  }

  async posts(did: string): Promise<{ uri: string; cid: string; value: JsonObject }[]> {
    const { records } = await this.call(`com.atproto.repo.listRecords?repo=${did}&collection=${POST}`, undefined);
    return records as unknown as { uri: string; cid: string; value: JsonObject }[];
  }

  async stop(): Promise<void> {
    const exited = once(this.process, 'exit');
    this.process.stdin?.end();
    await exited;
  }
}

function account(credentials: JsonObject): CommitContext {
  const plain = { fetch, now: () => new Date(), options: {}, spend: () => undefined, use: () => undefined };
  return { ...plain, endpoints: manifest.endpoints, credentials, channelDetails: {}, media: [] };
}

function prepare(credentials: JsonObject, { draft, media }: PracticeDraft): Promise<JsonObject> {
  const step = async <T extends Json>(_name: string, fn: () => Promise<T> | T): Promise<T> => fn();
  const context: PrepareContext = { ...account(credentials), media, setId: 'real', step };
  return adapter.prepare(context, draft);
}

/** A clip that players show, streamed from its file. */
async function playable(name: 'landscape' | 'portraitPhone', more: Partial<MediaSource> = {}): Promise<MediaSource> {
  const path = await clip(name);
  const { length } = await readFile(path);
  const { width, height, lasting } = CLIPS[name];
  return {
    ...practiceVideo({ width, height, durationMs: lasting * 1_000, ...more }),
    bytes: length,
    open: async (range) => createReadStream(path, range),
  };
}

/** Sees the headers of whatever goes to a server, on the wire and not as they were asked for. */
async function witnessed(url: string, work: (url: string) => Promise<void>): Promise<IncomingHttpHeaders[]> {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method, headers } = incoming;
    seen.push(headers);
    const passed = request(`${url}${incoming.url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', (error) => outgoing.destroy(error));
    incoming.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
  return seen;
}

function suite(): void {
  let pds: Pds;
  let appPassword: string;
  let credentials: JsonObject;
  let did: string;

  const connect = (password: string, identifier = 'anna.test') =>
    adapter.connect!(account({}), { service: pds.url, identifier, password });
  const failureOf = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => new Error('it went through'),
      (reason: unknown) => reason,
    );
    return adapter.classify(error, new Date());
  };

  beforeAll(async () => {
    pds = await Pds.start();
    appPassword = await pds.signUp('anna.test');
    await pds.signUp('brandt.test');
  });
  afterAll(() => pds?.stop());
  beforeEach(async () => {
    const connected = await connect(appPassword);
    credentials = connected.credentials;
    did = connected.account.id;
  });

  it('connects with an app password and lists the channel', async () => {
    const { account: who, scopes, expiresAt } = await connect(appPassword);
    expect(who).toMatchObject({ id: did, handle: 'anna.test' });
    expect(scopes).toEqual(['com.atproto.appPass']);
    expect(expiresAt!.getTime()).toBeGreaterThan(Date.now());
    expect(credentials['pds']).toBe(pds.url);
    expect(await adapter.listChannels(account(credentials))).toMatchObject([{ id: did, handle: 'anna.test' }]);
  });

  it('refuses a wrong password', async () => {
    expect(await failureOf(connect('wrong'))).toMatchObject({ kind: 'auth', platformCode: 'AuthenticationRequired' });
  });

  it('posts text, facets and an image, as the server itself tells it', async () => {
    const image = await practiceImage({ altText: 'A blue wall', width: 300, height: 200 });
    const text = '👩🏽‍🚀 größer: https://example.com/ä @brandt.test @nobody.test #größe';
    const content = practiceDraft({ text, settings: { langs: 'de' } }, [image]);
    const receipt = await adapter.commit(account(credentials), await prepare(credentials, content));
    const post = (await pds.posts(did)).find(({ uri }) => uri === receipt.id)!;
    expect(post.cid).toBe(receipt.extra!['cid']);
    expect(post.value).toMatchObject({
      text,
      langs: ['de'],
      embed: { images: [{ alt: 'A blue wall', aspectRatio: { width: 300, height: 200 } }] },
    });
    const brandt = await pds.call('com.atproto.identity.resolveHandle?handle=brandt.test', undefined);
    const facets = post.value['facets'] as { index: { byteStart: number; byteEnd: number }; features: JsonObject[] }[];
    const bytes = Buffer.from(text, 'utf8');
    expect(
      facets.map(({ index, features }) => [
        bytes.subarray(index.byteStart, index.byteEnd).toString('utf8'),
        features[0]!['uri'] ?? features[0]!['did'] ?? features[0]!['tag'],
      ]),
    ).toEqual([
      ['https://example.com/ä', 'https://example.com/ä'],
      ['@brandt.test', brandt['did']],
      ['#größe', 'größe'],
    ]);
    const { images } = post.value['embed'] as { images: { image: { ref: { $link: string } } }[] };
    const blob = await fetch(`${pds.url}/xrpc/com.atproto.sync.getBlob?did=${did}&cid=${images[0]!.image.ref.$link}`);
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(await image.read());
  });

  it('posts a link card and a reply below it', async () => {
    const card = practiceDraft({ text: 'Read', link: 'https://example.com/offers?a=1' });
    const root = await adapter.commit(account(credentials), await prepare(credentials, card));
    const reply = practiceDraft({ kind: 'reply', text: 'And this', replyTo: { root, parent: root } });
    const answer = await adapter.commit(account(credentials), await prepare(credentials, reply));
    const posts = await pds.posts(did);
    expect(posts.find(({ uri }) => uri === root.id)!.value['embed']).toMatchObject({
      external: { uri: 'https://example.com/offers?a=1', title: 'example.com/offers' },
    });
    const ref = { uri: root.id, cid: root.extra!['cid'] };
    expect(posts.find(({ uri }) => uri === answer.id)!.value['reply']).toEqual({ root: ref, parent: ref });
  });

  it('takes an image as large as the channel says, and refuses a larger one without effect', async () => {
    const [channel] = await adapter.listChannels(account(credentials));
    const max = channel!.limits!.media.image!.maxBytes;
    const image = await practiceImage({ type: 'png' });
    const padded = async (length: number) => {
      const bytes = new Uint8Array(length);
      bytes.set(await image.read());
      return { ...image, bytes: length, ...readable(bytes, image.contentType) };
    };
    const largest = practiceDraft({ text: 'large' }, [await padded(max)]);
    await adapter.commit(account(credentials), await prepare(credentials, largest));
    const before = (await pds.posts(did)).length;
    const larger = await prepare(credentials, practiceDraft({ text: 'larger' }, [await padded(max + 1)]));
    expect(await failureOf(adapter.commit(account(credentials), larger))).toMatchObject({
      kind: 'media',
      platformCode: 'InvalidRequest',
      platformMessage: expect.stringContaining('blob too big'),
    });
    expect(await pds.posts(did)).toHaveLength(before);
  });

  it('posts a video that is streamed with its length, and finds it again', async () => {
    const video = await playable('landscape', { altText: 'A dot crosses a card' });
    const content = practiceDraft({ text: 'Watch' }, [video]);
    let prepared: JsonObject = {};
    const [upload, ...others] = await witnessed(pds.url, async (url) => {
      prepared = await prepare({ ...credentials, pds: url }, content);
    });
    expect(others).toEqual([]);
    expect(upload).toMatchObject({ 'content-type': 'video/mp4', 'content-length': String(video.bytes) });
    expect(upload).not.toHaveProperty('transfer-encoding');
    const receipt = await adapter.commit(account(credentials), prepared);
    const post = (await pds.posts(did)).find(({ uri }) => uri === receipt.id)!;
    expect(post.value['embed']).toEqual({
      $type: 'app.bsky.embed.video',
      video: { $type: 'blob', ref: { $link: expect.any(String) }, mimeType: 'video/mp4', size: video.bytes },
      alt: 'A dot crosses a card',
      aspectRatio: { width: video.width, height: video.height },
    });
    const { ref } = (post.value['embed'] as { video: { ref: { $link: string } } }).video;
    const blob = await fetch(`${pds.url}/xrpc/com.atproto.sync.getBlob?did=${did}&cid=${ref.$link}`);
    expect(blob.headers.get('content-type')).toBe('video/mp4');
    expect(Buffer.from(await blob.arrayBuffer()).equals(await readFile(await clip('landscape')))).toBe(true);
    const looked = { prepared, draft: content.draft, since: new Date(0), claimed: new Set<string>() };
    expect(await adapter.reconcile(account(credentials), looked)).toMatchObject({ outcome: 'published', receipt });
  });

  it('takes as long a description of a video as the manifest says', async () => {
    const max = manifest.limits.altText!.maxForVideo!;
    const withAlt = async (length: number) =>
      prepare(credentials, practiceDraft({ text: String(length) }, [practiceVideo({ altText: 'é'.repeat(length) })]));
    await adapter.commit(account(credentials), await withAlt(max));
    const refused = await failureOf(adapter.commit(account(credentials), await withAlt(max + 1)));
    expect(refused).toMatchObject({
      platformCode: 'InvalidRequest',
      platformMessage: expect.stringContaining('embed.alt'),
    });
  });

  it('says that a video is at fault which is of another type, or larger than the server takes', async () => {
    const before = (await pds.posts(did)).length;
    const mov = await prepare(credentials, practiceDraft({ text: 'mov' }, [await playable('portraitPhone')]));
    expect(await failureOf(adapter.commit(account(credentials), mov))).toMatchObject({
      ...{ kind: 'media', platformCode: 'InvalidRequest' },
      platformMessage: expect.stringContaining('Expected "video/mp4" (got "video/quicktime") at $.record.embed.video'),
    });
    // The server's default limit is 5 MiB.
    const large = practiceDraft({ text: 'large' }, [practiceVideo({ dataBytes: 8 * 1024 * 1024 })]);
    expect(await failureOf(prepare(credentials, large))).toMatchObject({
      ...{ kind: 'media', platformCode: 'PayloadTooLarge' },
    });
    expect(await pds.posts(did)).toHaveLength(before);
  });

  it('leaves one record when the same commit is sent twice, and keeps it when another one uses its key', async () => {
    const before = (await pds.posts(did)).length;
    const prepared = await prepare(credentials, practiceDraft({ text: 'once' }));
    const receipt = await adapter.commit(account(credentials), prepared);
    expect(await adapter.commit(account(credentials), prepared)).toEqual(receipt);
    const other = { ...prepared, record: { ...(prepared['record'] as JsonObject), text: 'other' } };
    expect(await failureOf(adapter.commit(account(credentials), other))).toMatchObject({ platformCode: 'InvalidSwap' });
    const posts = await pds.posts(did);
    expect(posts).toHaveLength(before + 1);
    expect(posts.find(({ uri }) => uri === receipt.id)!.value['text']).toBe('once');
  });

  it('reconciles exactly, and removes', async () => {
    const content = practiceDraft({ text: 'did it arrive?' });
    const prepared = await prepare(credentials, content);
    const look = () => {
      const input = { prepared, draft: content.draft, since: new Date(0), claimed: new Set<string>() };
      return adapter.reconcile(account(credentials), input);
    };
    expect(await look()).toMatchObject({ outcome: 'absent' });
    const receipt = await adapter.commit(account(credentials), prepared);
    expect(await look()).toMatchObject({ outcome: 'published', receipt });
    await adapter.remove!(account(credentials), receipt);
    await adapter.remove!(account(credentials), receipt);
    expect(await look()).toMatchObject({ outcome: 'absent' });
  });

  it('renews both tokens, and gives the session back', async () => {
    const renewed = await adapter.refresh!(account(credentials));
    expect(renewed.credentials['refreshJwt']).not.toBe(credentials['refreshJwt']);
    expect(await adapter.listChannels(account(renewed.credentials))).toHaveLength(1);
    await adapter.revoke!(account(renewed.credentials));
    expect(await failureOf(adapter.refresh!(account(renewed.credentials)))).toMatchObject({
      kind: 'auth',
      platformCode: 'ExpiredToken',
    });
  });

  it('explains a dead token and a rate limit', async () => {
    const dead = { ...credentials, accessJwt: 'nonsense' };
    expect((await failureOf(adapter.listChannels(account(dead)))).kind).toBe('auth');
    // 30 sign-ins in 5 minutes for one name: https://docs.bsky.app/docs/advanced-guides/rate-limits
    const failures = await Promise.all(Array.from({ length: 31 }, () => failureOf(connect('wrong', 'brandt.test'))));
    const limited = failures.find(({ kind }) => kind === 'rate-limit');
    expect(limited).toMatchObject({ platformCode: 'RateLimitExceeded' });
    expect(Date.parse(limited!.retryAt!)).toBeGreaterThan(Date.now());
  });
}

const title = 'Bluesky, on a real PDS';
const remedy = 'Run `npm ci` in test/real/bluesky-pds.';
if (installed) {
  describe(title, suite);
} else if (process.env['CI']) {
  it(title, () => {
    throw new Error(`The PDS is not installed. ${remedy}`);
  });
} else {
  process.stderr.write(`Left out: ${title}, because it is not installed. ${remedy}\n`);
  describe.skip(title, suite);
}
