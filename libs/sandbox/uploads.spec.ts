import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_SHOWN_BYTES, Uploads } from './uploads.js';

let directory: string;
let uploads: Uploads;
/** What was kept for the feed. */
let kept: [text: string, contentType: string][];

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'clickpost-uploads-')), 'facebook-uploads');
  uploads = new Uploads(directory);
  kept = [];
});
afterEach(() => {
  uploads.close();
  rmSync(join(directory, '..'), { recursive: true });
});

const open = (name = 'film', from = uploads) =>
  from.open(name, (bytes, contentType) => {
    kept.push([Buffer.from(bytes).toString(), contentType]);
    return 'kept';
  });
const text = (part: Uint8Array) => Buffer.from(part).toString();

/** Parts of 4 MiB, each different, which are together more than the feed shows. */
const parts = Array.from({ length: MAX_SHOWN_BYTES / (4 * 1024 * 1024) + 1 }, (_, index) =>
  Buffer.alloc(4 * 1024 * 1024, index + 1),
);
const digest = parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

it('holds each file under its name, and reads any part of it', () => {
  const film = open();
  expect([film.bytes, text(film.read(0, 10))]).toEqual([0, '']);
  film.append(Buffer.from('hello '));
  film.append(Buffer.from('world'));
  open('other').append(Buffer.from('other'));
  expect(film.bytes).toBe(11);
  expect([text(film.read(4, 8)), text(film.read(6, 99)), text(film.read(11, 99))]).toEqual(['o wo', 'world', '']);
  expect(text(open('other').read(0, 99))).toBe('other');
});

it('gives a small file to the feed, and has it no longer', () => {
  open().append(Buffer.from('hello'));
  expect(open().finish('video/mp4')).toBe('kept');
  expect(kept).toEqual([['hello', 'video/mp4']]);
  expect(open().bytes).toBe(0);
  expect(readdirSync(directory)).toEqual([]);
});

it('keeps nothing of a large one but its digest', () => {
  for (const part of parts) open().append(part);
  expect(open().bytes).toBe(parts.length * 4 * 1024 * 1024);
  expect(open().finish('video/mp4')).toBe(digest);
  expect([kept, readdirSync(directory)]).toEqual([[], []]);
});

it.each([1, 9, parts.length])('goes on after a restart behind %d parts', (before) => {
  for (const part of parts.slice(0, before)) open().append(part);
  uploads.close();
  const next = new Uploads(directory);
  expect(open('film', next).bytes).toBe(before * 4 * 1024 * 1024);
  for (const part of parts.slice(before)) open('film', next).append(part);
  expect(open('film', next).finish('video/mp4')).toBe(digest);
});

it('begins anew with what was thrown away', () => {
  for (const part of parts) open().append(Buffer.from(part).fill(99));
  open().discard();
  expect(open().bytes).toBe(0);
  for (const part of parts) open().append(part);
  expect(open().finish('video/mp4')).toBe(digest);
});

it('forgets everything when it is told to, of a process before it too', () => {
  open().append(Buffer.from('hello'));
  const next = new Uploads(directory);
  next.clear();
  expect(existsSync(directory)).toBe(false);
  expect(open('film', next).bytes).toBe(0);
  open('film', next).append(Buffer.from('again'));
  expect(text(open('film', next).read(0, 99))).toBe('again');
});

it('leaves nothing behind without a directory of its own', () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('clickpost-practice-'));
  const passing = new Uploads();
  open('film', passing).append(Buffer.from('hello'));
  expect(open('film', passing).bytes).toBe(5);
  passing.close();
  const after = readdirSync(tmpdir()).filter((name) => name.startsWith('clickpost-practice-'));
  expect(after.filter((name) => !before.includes(name))).toEqual([]);
});
