import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { finished, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy, { type Busboy } from 'busboy';
import { UploadError } from '../problem.js';
import { sanitiseFilename } from './filename.js';
import { tooLarge } from './limits.js';

export interface UploadOptions {
  /** An existing folder for the temporary file. */
  directory: string;
  /** The largest file, in bytes. */
  maxBytes: number;
}

/** One file on disk; whoever asked for it moves or removes it. */
export interface Upload {
  path: string;
  bytes: number;
  /** SHA-256, hex. */
  digest: string;
  /** As the sender calls it, cleaned; to be shown, never to be used as a path or for the type. */
  filename: string;
  /** The text fields; of several with one name the last. */
  fields: Readonly<Record<string, string>>;
}

/** The name of the form field that carries the file. */
const FILE_FIELD = 'file';
const MAX_FIELDS = 20;
/** Bytes of one text field; the longest alternative text of any network is far below. */
const MAX_FIELD_BYTES = 64 * 1024;
/** Bytes of a multipart body besides the file: its text fields and the heads of its parts. */
const MAX_OVERHEAD = (MAX_FIELDS + 1) * (MAX_FIELD_BYTES + 16 * 1024);

/**
 * Streams the one file of a multipart request to disk, hashing it on the way. Throws {@link UploadError}, and whatever
 * the disk says; then nothing is left on disk, and what still comes is discarded, so that the answer can be sent.
 */
export async function readUpload(request: IncomingMessage, options: UploadOptions): Promise<Upload> {
  const { maxBytes } = options;
  const path = join(options.directory, `upload-${randomUUID()}`);
  try {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes + MAX_OVERHEAD) throw tooLarge(maxBytes);
    const { file, fields } = await receive(request, openParser(request, maxBytes), path, maxBytes);
    if (file === undefined || (file.bytes === 0 && file.filename === undefined)) throw fileMissing();
    return {
      path,
      bytes: file.bytes,
      digest: file.digest,
      filename: sanitiseFilename(file.filename),
      fields: Object.fromEntries(fields),
    };
  } catch (error) {
    request.resume();
    await rm(path, { force: true });
    throw error;
  }
}

interface Received {
  file: StoredFile | undefined;
  fields: ReadonlyMap<string, string>;
}

/** Nothing writes to the path any more once this has answered or thrown. */
async function receive(request: IncomingMessage, parser: Busboy, path: string, maxBytes: number): Promise<Received> {
  const handle = await open(path, 'wx', 0o600);
  const parts = new FormParts(handle, maxBytes);
  try {
    await parse(request, parser, parts);
    return { file: await parts.file, fields: parts.fields };
  } finally {
    await Promise.allSettled([parts.file]);
    await handle.close();
  }
}

function openParser(request: IncomingMessage, maxBytes: number): Busboy {
  if (!/^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? '')) throw wrongContentType();
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      // A limit counts as reached, not as exceeded, when it is met exactly: hence the one more.
      limits: {
        fileSize: maxBytes + 1,
        files: 2,
        fields: MAX_FIELDS,
        fieldSize: MAX_FIELD_BYTES + 1,
        parts: MAX_FIELDS + 2,
      },
    });
  } catch (error) {
    throw wrongContentType(error);
  }
}

/** Feeds the request to the parser until all parts are read, or the first thing goes wrong. */
async function parse(request: IncomingMessage, parser: Busboy, parts: FormParts): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      parser.on('file', (name, content, { filename }) => parts.addFile(name, content, filename, reject));
      parser.on('field', (name, value, { valueTruncated }) => parts.addField(name, value, valueTruncated, reject));
      parser.on('fieldsLimit', () => reject(fieldsTooLarge()));
      parser.on('partsLimit', () => reject(fieldsTooLarge()));
      parser.on('error', () => reject(malformed()));
      parser.on('close', resolve);
      finished(request, { writable: false }, (error) => {
        if (error) reject(aborted());
      });
      request.pipe(parser);
    });
  } finally {
    request.unpipe(parser);
    parser.destroy();
  }
}

interface StoredFile {
  bytes: number;
  digest: string;
  filename: string | undefined;
}

/** What has come of the form so far. */
class FormParts {
  file: Promise<StoredFile> | undefined;
  readonly fields = new Map<string, string>();

  constructor(
    private readonly handle: FileHandle,
    private readonly maxBytes: number,
  ) {}

  addFile(name: string, content: Readable, filename: string | undefined, reject: (error: Error) => void): void {
    if (this.file !== undefined || name !== FILE_FIELD) {
      content.resume();
      reject(this.file !== undefined ? tooManyFiles() : fileMissing());
      return;
    }
    content.once('limit', () => reject(tooLarge(this.maxBytes)));
    this.file = store(content, this.handle, filename);
    this.file.catch(reject);
  }

  addField(name: string | undefined, value: string, truncated: boolean, reject: (error: Error) => void): void {
    if (name === undefined) reject(malformed());
    else if (truncated) reject(fieldsTooLarge());
    else this.fields.set(name, value);
  }
}

async function store(content: Readable, handle: FileHandle, filename: string | undefined): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(content, async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      await handle.appendFile(chunk);
    }
  });
  return { bytes, digest: hash.digest('hex'), filename };
}

const wrongContentType = (cause?: unknown): UploadError =>
  new UploadError(
    415,
    FILE_FIELD,
    'upload.wrong-content-type',
    'The request is not a multipart/form-data upload with a boundary.',
    `Send a multipart form with the file in its field "${FILE_FIELD}".`,
    { cause },
  );

const fileMissing = (): UploadError =>
  new UploadError(
    400,
    FILE_FIELD,
    'upload.file-missing',
    `The form has no file in its field "${FILE_FIELD}".`,
    `Choose a file, and send it as "${FILE_FIELD}".`,
  );

const tooManyFiles = (): UploadError =>
  new UploadError(
    400,
    FILE_FIELD,
    'upload.too-many-files',
    'The form carries more than one file.',
    'Upload the files one by one.',
  );

const fieldsTooLarge = (): UploadError =>
  new UploadError(
    413,
    'fields',
    'upload.fields-too-large',
    `The form has more than ${MAX_FIELDS} text fields, or one longer than ${MAX_FIELD_BYTES} bytes.`,
    'Send fewer and shorter text fields.',
  );

const malformed = (): UploadError =>
  new UploadError(
    400,
    FILE_FIELD,
    'upload.malformed',
    'The form cannot be read: it ends early or breaks the multipart format.',
    'Send the upload again.',
  );

const aborted = (): UploadError =>
  new UploadError(
    400,
    FILE_FIELD,
    'upload.aborted',
    'The connection ended before the whole file had come.',
    'Upload the file again.',
  );
