import type { Readable } from 'node:stream';
import { type MediaSource } from './context.js';

/** What sends a file as it is read: `fetch(address, {method, ...body})`. Its length is told ahead. */
export interface StreamedBody {
  body: ReadableStream<Uint8Array>;
  duplex: 'half';
  headers: Record<string, string>;
}

/** A part of a file in memory, first and last byte included: what is sent in parts of a few megabytes. */
export async function bytesOf(
  source: Pick<MediaSource, 'open'>,
  range?: { start: number; end?: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await source.open(range)) chunks.push(chunk as Uint8Array);
  return new Uint8Array(Buffer.concat(chunks));
}

/** A file alone, as it is. */
export async function streamedFile(source: MediaSource): Promise<StreamedBody> {
  return streamed(await source.open(), source.bytes, source.contentType);
}

/** A part of a file as it is read, first and last byte included: whatever its size, it takes no memory. */
export async function streamedPart(
  source: MediaSource,
  { start, end }: { start: number; end: number },
): Promise<StreamedBody> {
  return streamed(await source.open({ start, end }), end - start + 1, source.contentType);
}

/**
 * A form with fields and one file, the file last but for `after`, which is small.
 * https://www.rfc-editor.org/rfc/rfc7578
 */
export async function streamedForm(
  fields: Readonly<Record<string, string>>,
  file: { name: string; filename: string; source: MediaSource },
  after: readonly { name: string; filename: string; contentType: string; bytes: Uint8Array }[] = [],
): Promise<StreamedBody> {
  const boundary = `clickpost-${crypto.randomUUID()}`;
  const head = (disposition: string, contentType?: string) =>
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n` +
        `${contentType === undefined ? '' : `Content-Type: ${contentType}\r\n`}\r\n`,
    );
  const line = Buffer.from('\r\n');
  const named = (name: string, filename: string) => `name="${escaped(name)}"; filename="${escaped(filename)}"`;
  const before = [
    ...Object.entries(fields).flatMap(([name, value]) => [head(`name="${escaped(name)}"`), Buffer.from(value), line]),
    head(named(file.name, file.filename), file.source.contentType),
  ];
  const rest = [
    line,
    ...after.flatMap((part) => [head(named(part.name, part.filename), part.contentType), part.bytes, line]),
    Buffer.from(`--${boundary}--\r\n`),
  ];
  const length = [...before, ...rest].reduce((sum, part) => sum + part.length, file.source.bytes);
  const opened = await file.source.open();
  return streamed(inOrder(before, opened, rest), length, `multipart/form-data; boundary=${boundary}`);
}

async function* inOrder(before: Uint8Array[], file: Readable, after: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* before;
  yield* file as AsyncIterable<Uint8Array>;
  yield* after;
}

function streamed(parts: AsyncIterable<Uint8Array>, length: number, contentType: string): StreamedBody {
  return {
    body: streamOf(parts),
    duplex: 'half',
    headers: { 'content-type': contentType, 'content-length': String(length) },
  };
}

/** `ReadableStream.from` of the standard, which not every list of types knows yet. It ends the source when nobody reads on. */
function streamOf(parts: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const source = parts[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const next = await source.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: async () => void (await source.return?.()),
    },
    { highWaterMark: 0 },
  );
}

/** As browsers do it: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
function escaped(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
