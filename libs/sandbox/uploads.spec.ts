import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Folder } from './folder.js';
import { Incoming } from './incoming.js';
import { MediaStore } from './media.js';
import { smallFile } from './small-file.js';
import { Uploads } from './uploads.js';

let directory: string;
let uploads: Uploads;

const began = () => {
  const folder = new Folder(directory);
  const media = new MediaStore(folder);
  return new Uploads(folder, 'facebook-uploads', (file) => media.keep(file));
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'clickpost-uploads-'));
  uploads = began();
});
afterEach(() => rmSync(directory, { recursive: true }));

const film = (from = uploads) => from.named('film');
const part = (words: string) => smallFile(Buffer.from(words));
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const kept = (digest: string) => readFileSync(join(directory, 'media', digest));
const left = () => readdirSync(join(directory, 'facebook-uploads'));

/** Parts of 4 MiB, each different. */
const PART_BYTES = 4 * 1024 * 1024;
const contents = Array.from({ length: 5 }, (_, index) => Buffer.alloc(PART_BYTES, index + 1));
const parts = contents.map(smallFile);
const whole = Buffer.concat(contents);
const digest = createHash('sha256').update(whole).digest('hex');

it('holds each file under its name, and reads any part of it', () => {
  expect([film().bytes, text(film().read(0, 10))]).toEqual([0, '']);
  film().append(part('hello '));
  film().append(part('the world'), 4);
  film().append(part('wide web'), 0, 4);
  uploads.named('other').append(part('other'));
  expect(film().bytes).toBe(15);
  expect([text(film().read(4, 8)), text(film().read(6, 99)), text(film().read(15, 99))]).toEqual([
    'o wo',
    'worldwide',
    '',
  ]);
  expect(text(uploads.named('other').read(0, 99))).toBe('other');
});

it('gives a whole file to the feed, and has it no longer', () => {
  for (const one of parts) film().append(one);
  expect(film().bytes).toBe(whole.length);
  expect(film().finish('video/mp4')).toBe(digest);
  expect(kept(digest).equals(whole)).toBe(true);
  expect([film().bytes, left()]).toEqual([0, []]);
});

it('keeps the same file once, and begins anew after it', () => {
  for (let time = 0; time < 2; time += 1) {
    film().append(part('hello'));
    expect(film().finish('video/mp4')).toBe(part('hello').digest);
    expect([film().bytes, left()]).toEqual([0, []]);
  }
  expect(text(kept(part('hello').digest))).toBe('hello');
});

it.each([1, 3, parts.length])('goes on after a restart behind %d parts', (before) => {
  for (const one of parts.slice(0, before)) film().append(one);
  const next = began();
  expect(film(next).bytes).toBe(before * PART_BYTES);
  for (const one of parts.slice(before)) film(next).append(one);
  expect(film(next).finish('video/mp4')).toBe(digest);
});

it('takes a file over that came as a whole, and copies nothing of it', async () => {
  const incoming = new Incoming(new Folder(directory));
  const file = await incoming.take(
    (async function* () {
      yield* contents;
    })(),
  );
  const [name = ''] = readdirSync(join(directory, 'incoming'));
  const { ino } = statSync(join(directory, 'incoming', name));
  film().append(file);
  expect(statSync(join(directory, 'facebook-uploads', left()[0] ?? '')).ino).toBe(ino);
  expect(film().finish('video/mp4')).toBe(digest);
  expect(statSync(join(directory, 'media', digest)).ino).toBe(ino);
  incoming.discard();
  expect(kept(digest).equals(whole)).toBe(true);
});

it('begins anew with what was thrown away', () => {
  for (const one of parts) film().append(smallFile(Buffer.alloc(one.bytes, 99)));
  film().discard();
  expect(film().bytes).toBe(0);
  for (const one of parts) film().append(one);
  expect(film().finish('video/mp4')).toBe(digest);
});

it('forgets everything when it is told to, of a process before it too', () => {
  film().append(part('hello'));
  const next = began();
  next.clear();
  expect(existsSync(join(directory, 'facebook-uploads'))).toBe(false);
  expect(film(next).bytes).toBe(0);
  film(next).append(part('again'));
  expect(text(film(next).read(0, 99))).toBe('again');
});

it('leaves nothing behind without a directory of its own', () => {
  const folder = new Folder();
  new Uploads(folder, 'facebook-uploads', () => '').named('film').append(part('hello'));
  const path = join(folder.below('facebook-uploads'), '..');
  expect(readdirSync(join(path, 'facebook-uploads'))).toHaveLength(1);
  folder.close();
  expect(existsSync(path)).toBe(false);
});
