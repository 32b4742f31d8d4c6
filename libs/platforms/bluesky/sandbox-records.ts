import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { CID } from 'multiformats/cid';
import * as Digest from 'multiformats/hashes/digest';
import {
  isJsonObject,
  type Json,
  type JsonObject,
  readSandboxVideo,
  type SandboxFile,
  type SandboxWorld,
} from '#platforms/core';
import { invalid, text, XrpcError } from './sandbox-answers.js';

/** Largest upload of the reference server as it is delivered (`PDS_BLOB_UPLOAD_LIMIT`). */
const MAX_UPLOAD_BYTES = 5 * 1024 * 1024;
/** Larger for a video, as where it is run for many. */
const MAX_VIDEO_BYTES = 100_000_000;
const MAX_VIDEO_MS = 180_000;
/** A type is told by so much of a file. */
const HEAD_BYTES = 4_100;
const RAW = 0x55;
const DAG_CBOR = 0x71;
const SHA_256 = 0x12;

export type StoredBlob = { mimeType: string; size: number; digest: string };

/** Uploaded files, by account and CID. */
export class PracticeBlobs {
  private readonly blobs;

  constructor(private readonly world: SandboxWorld) {
    this.blobs = world.collection<StoredBlob>('blobs');
  }

  /** Keeps a file. The type is looked up in the bytes, and only where they say nothing taken from the header. */
  async upload(did: string, file: SandboxFile, contentType: string | undefined): Promise<JsonObject> {
    const sniffed = await fileTypeFromBuffer(file.read(0, HEAD_BYTES));
    const mimeType = sniffed?.mime ?? contentType ?? 'application/octet-stream';
    const max = mimeType.startsWith('video/') ? MAX_VIDEO_BYTES : MAX_UPLOAD_BYTES;
    if (file.bytes > max) throw new XrpcError(413, 'PayloadTooLarge', 'request entity too large');
    if (mimeType.startsWith('video/')) checkVideo(file);
    const digest = this.world.keep(file, mimeType);
    const cid = cidOf(RAW, Buffer.from(digest, 'hex'));
    this.blobs.set(`${did}/${cid}`, { mimeType, size: file.bytes, digest });
    return { $type: 'blob', ref: { $link: cid }, mimeType, size: file.bytes };
  }

  /** The file that an image of a post refers to. Throws the refusals of the reference server. */
  image(did: string, ref: JsonObject): StoredBlob {
    const blob = this.blob(did, ref);
    if (!blob.mimeType.startsWith('image/')) {
      const message = `Wrong type of file. It is ${blob.mimeType} but it must match image/*.`;
      throw new XrpcError(400, 'InvalidMimeType', message);
    }
    if (blob.size > 2_000_000) {
      const detail = `blob too big (maximum 2000000, got ${blob.size}) at $.record.embed.images`;
      throw invalid(`Invalid app.bsky.feed.post record: ${detail}`);
    }
    return blob;
  }

  /** The same of a video. */
  video(did: string, ref: JsonObject): StoredBlob {
    // The lexicon, before anything is looked up.
    const type = text(ref, 'mimeType');
    if (type !== 'video/mp4') {
      const detail = `Expected "video/mp4" (got "${type}") at $.record.embed.video.mimeType`;
      throw invalid(`Invalid app.bsky.feed.post record: ${detail}`);
    }
    return this.blob(did, ref);
  }

  private blob(did: string, ref: JsonObject): StoredBlob {
    const cid = isJsonObject(ref['ref']) ? text(ref['ref'], '$link') : '';
    const blob = this.blobs.get(`${did}/${cid}`);
    if (!blob) throw new XrpcError(400, 'BlobNotFound', `Could not find blob: ${cid}`);
    if (ref['mimeType'] !== blob.mimeType) {
      throw new XrpcError(400, 'InvalidMimeType', 'Referenced Mimetype does not match stored blob');
    }
    if (ref['size'] !== blob.size) {
      throw new XrpcError(400, 'InvalidSize', 'Referenced Size does not match stored blob');
    }
    return blob;
  }
}

/** What the official clients play, and no longer than they do: a strict stand-in for the service that processes videos. */
function checkVideo(file: SandboxFile): void {
  const video = readSandboxVideo(file);
  if (!video || video.refusedLate) {
    throw new XrpcError(400, 'InvalidMimeType', 'The video could not be processed.');
  }
  if (video.codec !== 'avc1' || (video.audioCodec !== undefined && video.audioCodec !== 'mp4a')) {
    throw new XrpcError(400, 'InvalidMimeType', `Video codec not supported: ${video.codec}`);
  }
  if (video.durationMs > MAX_VIDEO_MS) throw new XrpcError(400, 'BlobTooLarge', 'The video is longer than 3 minutes.');
}

/** A content id of the right form. For records it stands for the canonical JSON, not for the DAG-CBOR that a real server hashes. */
export function recordCid(record: JsonObject): string {
  return cidOf(DAG_CBOR, createHash('sha256').update(canonical(record)).digest());
}

/** Checks a post against its lexicon and against what the lexicon says only in words. Throws `InvalidRequest`. */
export async function checkPost(record: JsonObject): Promise<void> {
  // Loaded with the first record: it takes half a second.
  const { jsonToLex, lexicons } = await import('@atproto/api');
  try {
    lexicons.assertValidRecord('app.bsky.feed.post', jsonToLex(record));
  } catch (error) {
    throw invalid(`Invalid app.bsky.feed.post record: ${(error as Error).message}`);
  }
  checkFacets(record);
  if (record['text'] === '' && record['embed'] === undefined) {
    throw invalid('Invalid app.bsky.feed.post record: Record/text may be empty only if there are embeds');
  }
}

/** The input of a method against its lexicon. Throws `InvalidRequest`. */
export async function checkInput(nsid: string, input: JsonObject): Promise<void> {
  const { jsonToLex, lexicons } = await import('@atproto/api');
  try {
    lexicons.assertValidXrpcInput(nsid, jsonToLex(input));
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

/** The parameters of a query against its lexicon. Throws `InvalidRequest`. */
export async function checkParams(nsid: string, params: JsonObject): Promise<void> {
  const { lexicons } = await import('@atproto/api');
  try {
    lexicons.assertValidXrpcParams(nsid, params);
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

/** Ranges must lie inside of the text, on character boundaries, and apart from each other. */
function checkFacets(record: JsonObject): void {
  const bytes = Buffer.from(text(record, 'text'), 'utf8');
  const facets = (record['facets'] ?? []) as { index: { byteStart: number; byteEnd: number } }[];
  let end = 0;
  for (const { index } of [...facets].sort((a, b) => a.index.byteStart - b.index.byteStart)) {
    const { byteStart, byteEnd } = index;
    if (byteStart >= byteEnd || byteEnd > bytes.length)
      throw invalid(`Facet ${byteStart}..${byteEnd} is out of bounds`);
    if (isContinuation(bytes[byteStart]) || isContinuation(bytes[byteEnd])) {
      throw invalid(`Facet ${byteStart}..${byteEnd} cuts a character in two`);
    }
    if (byteStart < end) throw invalid(`Facet ${byteStart}..${byteEnd} overlaps another`);
    end = byteEnd;
  }
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function cidOf(codec: number, sha256: Uint8Array): string {
  return CID.create(1, codec, Digest.create(SHA_256, sha256)).toString();
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join()}}`;
}
