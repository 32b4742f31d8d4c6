import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response } from 'express';
import { type ByteRange } from '#kernel';

/** Bytes that never change, and can be read in parts. */
export interface SentFile {
  contentType: string;
  bytes: number;
  /** Stands for these bytes and no others; becomes the strong ETag. */
  digest: string;
  open(range?: ByteRange): Promise<Readable>;
}

/** What a browser may do with a file that somebody uploaded: show it, and nothing else. */
const HARMLESS = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Answers with a file or the one part of it that was asked for. Several parts at once are answered with all of it, as RFC 9110
 * allows (https://www.rfc-editor.org/rfc/rfc9110#section-14.2).
 * @param headers what else it says, above all who may keep it
 * @throws whatever reading throws before the first byte; after it the connection is cut
 */
export async function sendFile(
  request: Request,
  response: Response,
  file: SentFile,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const etag = `"${file.digest}"`;
  const known = { ...HARMLESS, ...headers, ETag: etag, 'Accept-Ranges': 'bytes' };
  if (isKnown(request, etag)) return void response.status(304).set(known).end();
  const part = rangeOf(request, file.bytes, etag);
  if (part === 'unsatisfiable') {
    return void response
      .status(416)
      .set({ ...HARMLESS, 'Content-Range': `bytes */${file.bytes}` })
      .end();
  }
  // Before the headers: a problem must not be kept for a year.
  const content = request.method === 'HEAD' ? undefined : await file.open(part);
  const length = part ? part.end - part.start + 1 : file.bytes;
  response
    .status(part ? 206 : 200)
    .set({ ...known, 'Content-Type': file.contentType, 'Content-Length': String(length) });
  if (part) response.set('Content-Range', `bytes ${part.start}-${part.end}/${file.bytes}`);
  if (!content) return void response.end();
  await pipeline(content, response).catch((error: NodeJS.ErrnoException) => {
    // Whoever goes away in the middle of it needs no answer.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/** The part that was asked for; undefined where all of it is to be sent. */
function rangeOf(request: Request, bytes: number, etag: string): Required<ByteRange> | 'unsatisfiable' | undefined {
  if (request.method !== 'GET' || !isUnchanged(request, etag)) return undefined;
  const ranges = request.range(bytes);
  if (ranges === -1) return 'unsatisfiable';
  if (!Array.isArray(ranges) || ranges.type !== 'bytes' || ranges.length !== 1) return undefined;
  return ranges[0];
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5: compared strongly; we say no dates, so none is ours. */
function isUnchanged(request: Request, etag: string): boolean {
  const condition = request.get('if-range');
  return condition === undefined || condition.trim() === etag;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 compares weakly: a proxy that compresses may have added `W/`. */
function isKnown(request: Request, etag: string): boolean {
  const known = request.get('if-none-match')?.split(',') ?? [];
  return known.some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
