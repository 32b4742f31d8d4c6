import { type ChildProcess, execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
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
import { type Measurement, median } from './report.js';

const run = promisify(execFile);

const PASS_THROUGH_BYTES = 1_000_000_000;
const LARGE_BYTES = 2_000_000_000;
/** Bytes of one request of tus, as the web sends them. */
const PIECE_BYTES = 32 * 1024 * 1024;
const BLOCK_BYTES = 4 * 1024 * 1024;
const SAMPLE_EVERY_MS = 50;
const ROUNDS = 3;

/**
 * A conforming video of 1 GB from the first byte sent until it is in the library, over copying the same bytes from disk to
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
    await warmUp(folder, customer);
    return [await passThrough(folder, customer), ...(await growth(folder, customer, child))];
  } finally {
    if (child) await end(child);
    await rm(folder, { recursive: true, force: true });
  }
}

async function warmUp(folder: string, customer: Customer): Promise<void> {
  const path = await video(folder, 20_000_000);
  await byTus(path, customer);
  await rm(path);
  const other = await video(folder, 20_000_000);
  await byMultipart(other, customer);
  await rm(other);
}

async function passThrough(folder: string, customer: Customer): Promise<Measurement> {
  const [figures, floors]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Another one each time: what is there already is not stored again.
    const path = await video(folder, PASS_THROUGH_BYTES);
    const copy = join(folder, 'copy');
    floors.push(await timed(() => copied(path, copy)));
    await rm(copy);
    figures.push(await timed(() => byTus(path, customer)));
    await rm(path);
  }
  const what = '1 GB sent, checked and kept as it is, over copying it';
  return { what, figure: median(figures) / 1000, floor: median(floors) / 1000, unit: 's' };
}

async function growth(folder: string, customer: Customer, { pid = 0 }: ChildProcess): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const [way, send] of [['by tus', byTus] as const, ['as multipart', byMultipart] as const]) {
    const path = await video(folder, LARGE_BYTES);
    const before = await residentMebibytes(pid);
    const peak = await peakWhile(pid, () => send(path, customer));
    await rm(path);
    const aim = { most: 100 } as const;
    measurements.push({
      what: `memory grown while 2 GB come ${way}, over what was there`,
      figure: peak - before,
      floor: before,
      unit: 'MiB',
      aim,
    });
  }
  return measurements;
}

/** A second of video, with so much behind it that a player skips that the file has this size. */
async function video(folder: string, bytes: number): Promise<string> {
  const path = join(folder, `film-${randomBytes(4).toString('hex')}.mp4`);
  const { ffmpeg } = await videoTools();
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=30', '-f', 'lavfi', '-i', 'sine'];
  const codecs = ['-t', '1', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-movflags', '+faststart'];
  await run(ffmpeg, ['-v', 'error', '-y', ...picture, ...codecs, path]);
  const rest = bytes - (await stat(path)).size;
  const head = Buffer.alloc(8);
  head.writeUInt32BE(rest, 0);
  head.write('free', 4);
  const file = await open(path, 'a');
  const block = randomBytes(BLOCK_BYTES);
  try {
    await file.write(head);
    for (let left = rest - head.length; left > 0; left -= BLOCK_BYTES)
      await file.write(block.subarray(0, Math.min(left, BLOCK_BYTES)));
    await file.sync();
  } finally {
    await file.close();
  }
  return path;
}

async function copied(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const file = await open(to, 'r+');
  await file.sync();
  await file.close();
}

/** Sends a file in pieces and waits until it is in the library. */
async function byTus(path: string, { headers, workspace }: Customer): Promise<void> {
  const { size } = await stat(path);
  const tus = { ...headers, 'tus-resumable': '1.0.0' };
  const metadata = `filename ${Buffer.from('film.mp4').toString('base64')}`;
  const announced = { ...tus, 'upload-length': size, 'upload-metadata': metadata };
  const { location } = (await send('POST', `${workspace}/uploads`, announced)).headers;
  const address = new URL(location ?? '', workspace).href;
  for (let offset = 0; offset < size; offset += PIECE_BYTES) {
    const last = Math.min(offset + PIECE_BYTES, size) - 1;
    const piece = { 'content-type': 'application/offset+octet-stream', 'upload-offset': offset };
    const length = { 'content-length': last - offset + 1 };
    await send('PATCH', address, { ...tus, ...piece, ...length }, createReadStream(path, { start: offset, end: last }));
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

/** Sends a file in one multipart request. */
async function byMultipart(path: string, { headers, workspace }: Customer): Promise<void> {
  const { size } = await stat(path);
  const part = 'content-disposition: form-data; name="file"; filename="film.mp4"\r\ncontent-type: video/mp4';
  const [before, after] = [`--clickpost\r\n${part}\r\n\r\n`, '\r\n--clickpost--\r\n'];
  const body = Readable.from(
    (async function* () {
      yield Buffer.from(before);
      yield* createReadStream(path) as AsyncIterable<Buffer>;
      yield Buffer.from(after);
    })(),
    { objectMode: false },
  );
  const form = {
    'content-type': 'multipart/form-data; boundary=clickpost',
    'content-length': before.length + size + after.length,
  };
  await send('POST', `${workspace}/media`, { ...headers, ...form }, body);
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

async function timed(work: () => Promise<void>): Promise<number> {
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
