import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { type Request } from 'express';
import { isJsonObject, parseJson, type SandboxFile, type SandboxFormFile, type SandboxRequest } from '#platforms/core';
import { gathered, type Incoming, LARGEST_FILE_BYTES, limited, TooLargeError } from './incoming.js';
import { smallFile } from './small-file.js';

/** What is no file is in memory: five images within JSON, at the most. */
const LARGEST_TEXT_BYTES = 110 * 1024 * 1024;
const URLENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

interface Body extends Pick<SandboxRequest, 'body' | 'files' | 'parts'> {
  fields: [string, string][];
  /** As many as were sent. */
  bytes: number;
}

/**
 * Takes in an Express request as platforms are given it, its files on disk, and tells how many bytes its body had. Rejects
 * where the body breaks off or a multipart one is torn, and with `TooLargeError`.
 */
export async function receive(
  req: Request,
  baseUrl: string,
  incoming: Incoming,
): Promise<{ request: SandboxRequest; bytes: number }> {
  const type = req.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  const { body, fields, files, parts, bytes } = await readBody(req, type, incoming);
  const json = isJson(type) ? parseJson(textOf(body)) : undefined;
  const request: SandboxRequest = {
    method: req.method,
    path: req.path,
    params: mapValues(req.params, (value) => (Array.isArray(value) ? value.join('/') : value)),
    query: Object.fromEntries(new URL(req.url, baseUrl).searchParams),
    headers: mapValues(req.headers, (value) => (Array.isArray(value) ? value.join(', ') : (value ?? ''))),
    json: isJsonObject(json) ? json : {},
    form: Object.fromEntries(fields),
    formAll: (name) => fields.filter(([field]) => field === name).map(([, value]) => value),
    files,
    parts,
    body,
    baseUrl,
  };
  return { request, bytes };
}

async function readBody(req: Request, type: string, incoming: Incoming): Promise<Body> {
  const isText = isJson(type) || type === URLENCODED;
  const most = isText ? LARGEST_TEXT_BYTES : LARGEST_FILE_BYTES;
  // Before any of it is read, so that whoever sends it hears the answer.
  if (Number(req.headers['content-length'] ?? 0) > most) throw new TooLargeError(most);
  const chunks = limited(req, most);
  if (type === MULTIPART) return readMultipart(chunks, req.headers['content-type'] ?? '', incoming);
  const inMemory = isText || !hasBody(req);
  const body = inMemory ? smallFile(await gathered(chunks)) : await incoming.take(chunks);
  const fields = type === URLENCODED ? [...new URLSearchParams(textOf(body))] : [];
  return { body, fields, files: [], parts: [], bytes: body.bytes };
}

async function readMultipart(
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
  incoming: Incoming,
): Promise<Body> {
  const read: Body = { body: smallFile(new Uint8Array()), fields: [], files: [], parts: [], bytes: 0 };
  const parts: string[] = [];
  const taken: Promise<SandboxFormFile>[] = [];
  const parser = busboy({ headers: { 'content-type': contentType }, defParamCharset: 'utf8' });
  parser.on('field', (name, value) => {
    parts.push(name);
    read.fields.push([name, value]);
  });
  parser.on('file', (field, stream, { filename = '', mimeType }) => {
    parts.push(field);
    const taking = incoming
      .take(stream)
      .then((file) => Object.assign(file, { field, filename, contentType: mimeType }));
    // Where all of it breaks off, that is what is told.
    taking.catch(() => undefined);
    taken.push(taking);
  });
  const counted = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      read.bytes += chunk.length;
      yield chunk;
    }
  };
  await pipeline(chunks, counted, parser);
  return { ...read, parts, files: await Promise.all(taken) };
}

function isJson(type: string): boolean {
  return /[/+]json$/.test(type);
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function textOf(body: SandboxFile): string {
  return body.read(0, body.bytes).toString('utf8');
}

function mapValues<A, B>(record: Record<string, A>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
