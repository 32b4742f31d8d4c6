import { type ChildProcess, execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { videoTools } from '../libs/media/run/tools.js';
import { type Customer, signUp } from './customer.js';
import { ALL_IN_ONE, answers, end, freePort, launch } from './process.js';
import { type Measurement } from './report.js';

const run = promisify(execFile);

const PASS_THROUGH_BYTES = 1_000_000_000;
const WARM_UP_BYTES = 20_000_000;
const LARGE_BYTES = 2_000_000_000;
/** Bytes of one request of tus, as the web sends them. */
const PIECE_BYTES = 32 * 1024 * 1024;
const BLOCK_BYTES = 4 * 1024 * 1024;
const SAMPLE_EVERY_MS = 50;

/** A conforming video of any size, that takes no room before it is sent. */
interface Film {
  bytes: number;
  /** First and last byte, both included. */
  read(start?: number, end?: number): Readable;
}

/**
 * A conforming video of 1 GB from the first byte sent until it is in the library, over writing the same bytes to the same
 * disk; and how much the process grows while 2 GB come, by tus and as multipart. The database is another process.
 */
export async function upload(): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'clickpost-bench-upload-'));
  // As root, the database runs as another user, who has to enter it.
  await chmod(folder, 0o755);
  let child: ChildProcess | undefined;
  try {
    const port = await freePort();
    const env = { PORT: String(port), SANDBOX_PORT: String(await freePort()), DATA_DIR: join(folder, 'data') };
    child = launch(process.execPath, [ALL_IN_ONE], env);
    await answers(`http://127.0.0.1:${port}/health/ready`, child);
    const customer = await signUp(`http://127.0.0.1:${port}`);
    const clip = await oneSecond(folder);
    for (const way of [byTus, byMultipart]) await way(film(clip, WARM_UP_BYTES), customer);
    return [await passThrough(folder, clip, customer), ...(await growth(clip, customer, child))];
  } finally {
    if (child) await end(child);
    await rm(folder, { recursive: true, force: true });
  }
}

async function passThrough(folder: string, clip: Buffer, customer: Customer): Promise<Measurement> {
  const sent = film(clip, PASS_THROUGH_BYTES);
  const copy = join(folder, 'copy');
  const floor = await timed(() => pipeline(sent.read(), createWriteStream(copy, { flush: true })));
  await rm(copy);
  const figure = await timed(() => byTus(sent, customer));
  const what = '1 GB sent by tus, checked and kept as it is, over writing it';
  return { what, figure: figure / 1000, floor: floor / 1000, unit: 's' };
}

async function growth(clip: Buffer, customer: Customer, { pid = 0 }: ChildProcess): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const [name, way] of [['by tus', byTus] as const, ['as multipart', byMultipart] as const]) {
    const before = await residentMebibytes(pid);
    const peak = await peakWhile(pid, () => way(film(clip, LARGE_BYTES), customer));
    const what = `memory grown while 2 GB come ${name}, over what there was`;
    measurements.push({ what, figure: peak - before, floor: before, unit: 'MiB', aim: { most: 100 } });
  }
  return measurements;
}

async function oneSecond(folder: string): Promise<Buffer> {
  const path = join(folder, 'clip.mp4');
  const { ffmpeg } = await videoTools();
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=30', '-f', 'lavfi', '-i', 'sine'];
  const codecs = ['-t', '1', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-movflags', '+faststart'];
  await run(ffmpeg, ['-v', 'error', '-y', ...picture, ...codecs, path]);
  return readFile(path);
}

/** The clip, with so much behind it that a player skips that it has this size; another one each time. */
function film(clip: Buffer, bytes: number): Film {
  const skipped = Buffer.alloc(8);
  skipped.writeUInt32BE(bytes - clip.length, 0);
  skipped.write('free', 4);
  const head = Buffer.concat([clip, skipped]);
  const block = randomBytes(BLOCK_BYTES);
  function* read(start: number, end: number): Generator<Buffer> {
    for (let at = start; at <= end;) {
      const inHead = at < head.length;
      const offset = inHead ? at : (at - head.length) % BLOCK_BYTES;
      const piece = (inHead ? head : block).subarray(offset, offset + Math.min(65_536, end - at + 1));
      yield piece;
      at += piece.length;
    }
  }
  return { bytes, read: (start = 0, end = bytes - 1) => Readable.from(read(start, end), { objectMode: false }) };
}

/** Sends a film in pieces and waits until it is in the library. */
async function byTus(sent: Film, { headers, workspace }: Customer): Promise<void> {
  const tus = { ...headers, 'tus-resumable': '1.0.0' };
  const metadata = `filename ${Buffer.from('film.mp4').toString('base64')}`;
  const announced = { ...tus, 'upload-length': sent.bytes, 'upload-metadata': metadata };
  const { location } = (await send('POST', `${workspace}/uploads`, announced)).headers;
  const address = new URL(location ?? '', workspace).href;
  for (let offset = 0; offset < sent.bytes; offset += PIECE_BYTES) {
    const last = Math.min(offset + PIECE_BYTES, sent.bytes) - 1;
    const piece = { 'content-type': 'application/offset+octet-stream', 'upload-offset': offset };
    const length = { 'content-length': last - offset + 1 };
    await send('PATCH', address, { ...tus, ...piece, ...length }, sent.read(offset, last));
  }
  const outcome = new URL(`/v1/uploads/${address.split('/').at(-1)}`, workspace).href;
  for (;;) {
    const { state, problem } = JSON.parse((await send('GET', outcome, headers)).body) as {
      state: string;
      problem?: unknown;
    };
    if (state === 'done') return;
    if (state === 'refused') throw new Error(`The file was refused: ${JSON.stringify(problem)}`);
    await sleep(20);
  }
}

/** Sends a film in one multipart request. */
async function byMultipart(sent: Film, { headers, workspace }: Customer): Promise<void> {
  const part = 'content-disposition: form-data; name="file"; filename="film.mp4"\r\ncontent-type: video/mp4';
  const [before, after] = [`--clickpost\r\n${part}\r\n\r\n`, '\r\n--clickpost--\r\n'];
  const whole = async function* (): AsyncGenerator<Buffer> {
    yield Buffer.from(before);
    yield* sent.read() as AsyncIterable<Buffer>;
    yield Buffer.from(after);
  };
  const form = {
    'content-type': 'multipart/form-data; boundary=clickpost',
    'content-length': before.length + sent.bytes + after.length,
  };
  await send('POST', `${workspace}/media`, { ...headers, ...form }, Readable.from(whole(), { objectMode: false }));
}

async function send(method: string, url: string, headers: OutgoingHttpHeaders, body?: Readable) {
  const request = httpRequest(url, { method, headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject);
  });
  if (body) await pipeline(body, request);
  else request.end();
  const response = await answered;
  const answer = { headers: response.headers, body: await text(response) };
  const { statusCode = 0 } = response;
  if (statusCode < 200 || statusCode > 299) throw new Error(`${method} ${url}: ${statusCode} ${answer.body}`);
  return answer;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The most that a process had while something was done. */
async function peakWhile(pid: number, work: () => Promise<void>): Promise<number> {
  let peak = 0;
  let over = false;
  const sampling = (async () => {
    while (!over) {
      peak = Math.max(peak, await residentMebibytes(pid));
      await sleep(SAMPLE_EVERY_MS);
    }
  })();
  try {
    await work();
  } finally {
    over = true;
    await sampling;
  }
  return peak;
}

/** Resident set size, in MiB. */
async function residentMebibytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
