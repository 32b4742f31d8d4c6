import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request as openRequest, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { UploadError } from '../problem.js';
import { Workbench } from '../testing/corpus.js';
import { sanitiseFilename } from './filename.js';
import { readUpload, type Upload } from './upload.js';

const MAX_BYTES = 1_000_000;

let bench: Workbench;
let server: Server;
let address: string;
/** What came of each request, in order, as the server saw it. */
let outcomes: Promise<Upload | Error>[];

beforeEach(async () => {
  bench = await Workbench.open();
  outcomes = [];
  server = createServer((request, response) => {
    const outcome = readUpload(request, { directory: bench.directory, maxBytes: MAX_BYTES }).catch(
      (error: Error) => error,
    );
    outcomes.push(outcome);
    void outcome.then((result) => {
      response.statusCode = result instanceof UploadError ? result.status : 'digest' in result ? 201 : 500;
      response.end(JSON.stringify(result));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  await bench.close();
});

interface Answer {
  status: number;
  outcome: Upload | Error | undefined;
  left: string[];
}

async function send(body: string | FormData, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(address, { method: 'POST', body, headers });
  await response.text();
  return { status: response.status, outcome: await outcomes.at(-1), left: await readdir(bench.directory) };
}

function form(...parts: [name: string, value: string | Buffer, filename?: string][]): FormData {
  const data = new FormData();
  for (const [name, value, filename] of parts) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, new Blob([new Uint8Array(value)]), filename ?? 'a.jpg');
  }
  return data;
}

const bytes = (length: number): Buffer => Buffer.alloc(length, 'x');

describe('readUpload', () => {
  it('stores the file with its digest, name and text fields', async () => {
    const content = bytes(300_000);
    const { status, outcome, left } = await send(
      form(['altText', 'Ein Schiff ⛵'], ['file', content, 'Schöner Urlaub.jpg'], ['note', 'behind the file']),
    );
    expect(status).toBe(201);
    const upload = outcome as Upload;
    expect(upload).toMatchObject({
      bytes: 300_000,
      digest: createHash('sha256').update(content).digest('hex'),
      filename: 'Schöner Urlaub.jpg',
      fields: { altText: 'Ein Schiff ⛵', note: 'behind the file' },
    });
    expect(left).toHaveLength(1);
    expect((await readFile(upload.path)).equals(content)).toBe(true);
  });

  it('never lets the sender choose the path', async () => {
    const { outcome } = await send(form(['file', bytes(1), '../../etc/cron.d/evil.jpg']));
    expect(outcome).toMatchObject({ filename: 'evil.jpg' });
    expect((outcome as Upload).path.startsWith(`${bench.directory}/upload-`)).toBe(true);
  });

  it('takes a file of exactly the limit, and an empty one', async () => {
    expect((await send(form(['file', bytes(MAX_BYTES)]))).outcome).toMatchObject({ bytes: MAX_BYTES });
    expect((await send(form(['file', bytes(0)]))).outcome).toMatchObject({ bytes: 0 });
  });

  it('treats a field called __proto__ as a field', async () => {
    const { outcome } = await send(form(['__proto__', 'x'], ['file', bytes(1)]));
    expect(Object.keys((outcome as Upload).fields)).toEqual(['__proto__']);
  });

  it.each<[string, () => FormData, number, string]>([
    ['a file one byte too large', () => form(['file', bytes(MAX_BYTES + 1)]), 413, 'upload.too-large'],
    ['a file far too large', () => form(['file', bytes(MAX_BYTES * 5)]), 413, 'upload.too-large'],
    ['no file', () => form(['altText', 'x']), 400, 'upload.file-missing'],
    ['a text where the file belongs', () => form(['file', 'x']), 400, 'upload.file-missing'],
    ['a file under another name', () => form(['image', bytes(9)]), 400, 'upload.file-missing'],
    ['two files', () => form(['file', bytes(9)], ['file', bytes(9)]), 400, 'upload.too-many-files'],
    ['a second file under another name', () => form(['file', bytes(9)], ['b', bytes(9)]), 400, 'upload.too-many-files'],
    ['a field too long', () => form(['file', bytes(9)], ['a', 'x'.repeat(65_537)]), 413, 'upload.fields-too-large'],
    [
      'too many fields',
      () => form(['file', bytes(9)], ...Array.from({ length: 21 }, (_, n): [string, string] => [`f${n}`, ''])),
      413,
      'upload.fields-too-large',
    ],
  ])('refuses %s and leaves nothing behind', async (_name, make, status, rule) => {
    const answer = await send(make());
    expect(answer.outcome).toBeInstanceOf(UploadError);
    expect(answer.outcome).toMatchObject({ rule, message: expect.any(String), remedy: expect.any(String) });
    expect(answer).toMatchObject({ status, left: [] });
  });

  it.each([
    ['JSON', '{}', 'application/json'],
    ['a form without files', 'file=x', 'application/x-www-form-urlencoded'],
    ['multipart without boundary', 'x', 'multipart/form-data; charset=utf-8'],
    ['plain text', 'x', 'text/plain'],
  ])('refuses %s as the wrong content type', async (_name, body, type) => {
    const answer = await send(body, { 'content-type': type });
    expect(answer.outcome).toMatchObject({ rule: 'upload.wrong-content-type' });
    expect(answer).toMatchObject({ status: 415, left: [] });
  });

  it.each([
    ['within the file', '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nxxxx'],
    ['within a head', '--b\r\ncontent-disposition: form-da'],
    ['before any part', ''],
  ])('refuses a form that ends %s', async (_name, body) => {
    const answer = await send(body, { 'content-type': 'multipart/form-data; boundary=b' });
    expect(answer.outcome).toMatchObject({ rule: 'upload.malformed' });
    expect(answer).toMatchObject({ status: 400, left: [] });
  });

  it('refuses a body that is too large by its announced length, before it comes', async () => {
    const request = openRequest(address, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b', 'content-length': 1e9 },
    });
    request.on('error', () => undefined);
    request.flushHeaders();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(413);
    expect(await outcomes.at(-1)).toMatchObject({ rule: 'upload.too-large' });
    request.destroy();
  });

  it('removes what has come when the sender hangs up', async () => {
    const request = openRequest(address, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    request.on('error', () => undefined);
    request.write('--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n');
    request.write(bytes(100_000));
    await once(server, 'request');
    while ((await readdir(bench.directory)).length === 0) await new Promise(setImmediate);
    request.destroy();
    expect(await outcomes.at(-1)).toMatchObject({ rule: 'upload.aborted' });
    expect(await readdir(bench.directory)).toEqual([]);
  });

  it('passes on what the disk says', async () => {
    await bench.close();
    const response = await fetch(address, { method: 'POST', body: form(['file', bytes(200_000)]) });
    expect(response.status).toBe(500);
    expect(await outcomes.at(-1)).toMatchObject({ code: 'ENOENT' });
  });
});

describe('sanitiseFilename', () => {
  it.each<[string | undefined, string]>([
    ['photo.jpg', 'photo.jpg'],
    ['C:\\Users\\ann\\photo.jpg', 'photo.jpg'],
    ['../../../etc/passwd', 'passwd'],
    ['..', 'image'],
    ['', 'image'],
    [undefined, 'image'],
    ['.hidden', 'hidden'],
    ['a\u0000b\r\n.jpg', 'ab.jpg'],
    ['evil\u202Egpj.exe', 'evilgpj.exe'],
    ['<b>"x"</b>.png', 'b.png'],
    ['u\u0308ber.png', '\u00fcber.png'],
  ])('%j becomes %j', (name, expected) => {
    expect(sanitiseFilename(name)).toBe(expected);
  });

  it('shortens a long name and keeps its extension, without cutting a character in two', () => {
    const name = sanitiseFilename(`${'⛵🏝️'.repeat(100)}.jpeg`);
    expect([...name]).toHaveLength(120);
    expect(name.endsWith('.jpeg')).toBe(true);
  });
});
