import { isJsonObject, type JsonObject, type SandboxWorld } from '#platforms/core';
import { invalid, rateLimited, text, XrpcError } from './sandbox-answers.js';
import { checkPost, PracticeBlobs, recordCid } from './sandbox-records.js';
import { type Account } from './sandbox-sessions.js';
import { TidGenerator } from './tid.js';

const COLLECTION = 'app.bsky.feed.post';
const TID = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/;
/** 5,000 points an hour; a create is 3, an update 2, a delete 1. https://docs.bsky.app/docs/advanced-guides/rate-limits */
const POINTS_PER_HOUR = 5000;
const HOUR_MS = 3_600_000;

export type StoredRecord = { uri: string; cid: string; value: JsonObject };
type Written = { uri: string; cid: string; validationStatus: string };
type Quota = { resetsAt: number; used: number };

/** The repositories of the practice accounts: their posts, and what becomes visible by them. */
export class PracticeRepository {
  readonly blobs: PracticeBlobs;
  private readonly records;
  private readonly quotas;
  private readonly tids = new TidGenerator();

  constructor(private readonly world: SandboxWorld) {
    this.blobs = new PracticeBlobs(world);
    this.records = world.collection<StoredRecord>('records');
    this.quotas = world.collection<Quota>('quotas');
  }

  /**
   * Writes under a key. The same content again changes nothing and is answered alike; `swapRecord` is compared only with what differs,
   * as on the reference server.
   */
  async put(account: Account, input: JsonObject): Promise<Written> {
    const { record, rkey } = await this.check(account, input);
    const current = this.records.get(`${account.did}/${rkey}`);
    const cid = recordCid(record);
    if (current?.cid === cid) return written(current);
    demandSwap(input['swapRecord'], current);
    this.spend(account, current ? 2 : 3);
    return current ? this.replace(account, rkey, cid, record) : this.create(account, rkey, cid, record);
  }

  /** Writes under a new key. One that is taken is a fault of the reference server, not a refusal. */
  async add(account: Account, input: JsonObject): Promise<Written> {
    const { record, rkey } = await this.check(account, { rkey: this.tids.next(this.world.now()), ...input });
    if (this.records.get(`${account.did}/${rkey}`)) {
      throw new XrpcError(500, 'InternalServerError', 'Internal Server Error');
    }
    this.spend(account, 3);
    return this.create(account, rkey, recordCid(record), record);
  }

  get(did: string, rkey: string): StoredRecord {
    const record = this.records.get(`${did}/${rkey}`);
    if (record) return record;
    throw new XrpcError(400, 'RecordNotFound', `Could not locate record: ${uriOf(did, rkey)}`);
  }

  /** Newest key first, from below `cursor`. */
  list(did: string, limit: number, cursor: string | undefined): { records: StoredRecord[]; cursor?: string } {
    const keys = this.records
      .entries()
      .map(([key]) => key.split('/') as [string, string])
      .filter(([owner, rkey]) => owner === did && (cursor === undefined || rkey < cursor))
      .map(([, rkey]) => rkey)
      .sort()
      .reverse()
      .slice(0, limit);
    const last = keys.at(-1);
    return { records: keys.map((rkey) => this.get(did, rkey)), ...(last !== undefined && { cursor: last }) };
  }

  delete(account: Account, rkey: string, swapRecord: unknown): void {
    const current = this.records.get(`${account.did}/${rkey}`);
    if (!current) return;
    if (swapRecord !== undefined) demandSwap(swapRecord, current);
    this.spend(account, 1);
    this.records.delete(`${account.did}/${rkey}`);
    this.world.hide(account.did, current.uri);
  }

  /** `ratelimit-*` headers for an account's writes. */
  rateHeaders(account: Account): Record<string, string> {
    const { resetsAt, used } = this.quota(account);
    return {
      'ratelimit-limit': String(POINTS_PER_HOUR),
      'ratelimit-remaining': String(POINTS_PER_HOUR - used),
      'ratelimit-reset': String(Math.ceil(resetsAt / 1000)),
      'ratelimit-policy': `${POINTS_PER_HOUR};w=${HOUR_MS / 1000}`,
    };
  }

  private async check(account: Account, input: JsonObject): Promise<{ record: JsonObject; rkey: string }> {
    const { repo, collection, record, rkey } = input;
    if (repo !== account.did && repo !== account.handle) {
      throw new XrpcError(401, 'AuthenticationRequired', 'Authentication Required');
    }
    if (collection !== COLLECTION) throw invalid(`Only records of ${COLLECTION} are kept here`);
    if (!isJsonObject(record) || record['$type'] !== COLLECTION) {
      throw invalid(`Invalid $type: expected ${COLLECTION}`);
    }
    if (typeof rkey !== 'string' || !TID.test(rkey)) throw invalid('Invalid record key: it is no TID');
    await checkPost(record);
    for (const { image } of imagesOf(record)) this.blobs.image(account.did, image);
    const video = videoOf(record);
    if (video) this.blobs.video(account.did, video.video);
    return { record, rkey };
  }

  private create(account: Account, rkey: string, cid: string, value: JsonObject): Written {
    const record = { uri: uriOf(account.did, rkey), cid, value };
    this.records.set(`${account.did}/${rkey}`, record);
    this.show(account, rkey, record);
    return written(record);
  }

  /** The record changes and the feed does not: Bluesky has no edit, its app keeps showing what was first posted. */
  private replace({ did }: Account, rkey: string, cid: string, value: JsonObject): Written {
    const record = { uri: uriOf(did, rkey), cid, value };
    this.records.set(`${did}/${rkey}`, record);
    return written(record);
  }

  private show({ did, handle }: Account, rkey: string, { uri, cid, value }: StoredRecord): void {
    const video = videoOf(value);
    const blobs = video
      ? [{ alt: video.alt ?? '', blob: this.blobs.video(did, video.video) }]
      : imagesOf(value).map(({ image, alt }) => ({ alt, blob: this.blobs.image(did, image) }));
    const media = blobs.map(({ alt, blob: { mimeType, size, digest } }) => {
      return { contentType: mimeType, bytes: size, altText: alt, digest };
    });
    const link = externalOf(value);
    const reply = value['reply'] as { parent: { uri: string } } | undefined;
    this.world.show({
      platform: 'bluesky',
      account: did,
      accountName: handle,
      id: uri,
      text: text(value, 'text'),
      ...(link !== undefined && { link }),
      media,
      at: this.world.now().toISOString(),
      permalink: `${this.world.baseUrl}/app/profile/${did}/post/${rkey}`,
      ...(reply && { replyTo: reply.parent.uri }),
      details: { cid, handle, record: value },
    });
  }

  private spend(account: Account, points: number): void {
    const { resetsAt, used } = this.quota(account);
    if (used + points > POINTS_PER_HOUR) {
      throw rateLimited(Math.ceil((resetsAt - this.world.now().getTime()) / 1000));
    }
    this.quotas.set(account.did, { resetsAt, used: used + points });
  }

  private quota({ did }: Account): Quota {
    const now = this.world.now().getTime();
    const quota = this.quotas.get(did);
    return quota && quota.resetsAt > now ? quota : { resetsAt: now + HOUR_MS, used: 0 };
  }
}

/** `null` = there must be none, a CID = it must be that one, left out = whatever is there. */
function demandSwap(swapRecord: unknown, current: StoredRecord | undefined): void {
  if (swapRecord === undefined || swapRecord === (current?.cid ?? null)) return;
  throw new XrpcError(400, 'InvalidSwap', `Record was at ${current?.cid ?? 'null'}`);
}

/** Of a record that passed its lexicon. */
function imagesOf(record: JsonObject): { image: JsonObject; alt: string }[] {
  const embed = record['embed'];
  if (!isJsonObject(embed) || embed['$type'] !== 'app.bsky.embed.images') return [];
  return embed['images'] as { image: JsonObject; alt: string }[];
}

function videoOf(record: JsonObject): { video: JsonObject; alt?: string } | undefined {
  const embed = record['embed'];
  if (!isJsonObject(embed) || embed['$type'] !== 'app.bsky.embed.video') return undefined;
  return embed as { video: JsonObject; alt?: string };
}

function externalOf(record: JsonObject): string | undefined {
  const embed = record['embed'];
  if (!isJsonObject(embed) || embed['$type'] !== 'app.bsky.embed.external') return undefined;
  return (embed['external'] as { uri: string }).uri;
}

function uriOf(did: string, rkey: string): string {
  return `at://${did}/${COLLECTION}/${rkey}`;
}

function written({ uri, cid }: StoredRecord): Written {
  return { uri, cid, validationStatus: 'valid' };
}
