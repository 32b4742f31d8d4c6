import { damagedVideo, PROBE_LIMITS, refuse, tooComplex, tooManyTracks } from './probe-limits.js';
import { type FileReader } from './reader.js';

/** What the boxes of an MP4 or MOV file tell without decoding: ISO 14496-12. */
export interface Mp4Layout {
  /** Is the index before the data? */
  fastStart: boolean;
  tracks: readonly Mp4Track[];
}

export interface Mp4Track {
  /** `vide`, `soun`, or whatever else it is. */
  handler: string;
  /** Do its edits change what is shown, beyond the usual delay of the first frame? */
  edited: boolean;
  /** Has it edits at all? */
  edits: boolean;
  /** Do frames come at uneven times? Undefined where its table says nothing, as in a file of fragments. */
  variable?: boolean;
}

interface Box {
  type: string;
  /** Offset of its content, and of its end. */
  start: number;
  end: number;
}

/** More boxes than that no honest file has: a box for each second of 12 hours, and room. */
const MAX_BOXES = 200_000;

/**
 * Walks through the boxes in bounded memory. Throws {@link UnacceptableMediaError} for a file that ends early, has more
 * tracks than a video needs, or takes its data from other files.
 */
export async function inspectMp4(reader: FileReader): Promise<Mp4Layout> {
  const walk = new Walk(reader);
  let index: Box | undefined;
  let dataFirst = false;
  for await (const box of walk.boxes(0, reader.size)) {
    if (box.type === 'mdat' && !index) dataFirst = true;
    if (box.type === 'moov') index ??= box;
  }
  if (!index) throw damagedVideo();
  if (index.end - index.start > PROBE_LIMITS.indexBytes) throw tooComplex();
  return { fastStart: !dataFirst, tracks: await walk.tracks(index) };
}

/** Times as a track tells them: `media` in its own units, the rest in those of the file. */
interface Times {
  movieScale: number;
  mediaScale: number;
  mediaDuration: number;
}

class Walk {
  private seen = 0;

  constructor(private readonly reader: FileReader) {}

  async *boxes(from: number, end: number): AsyncGenerator<Box> {
    let position = from;
    while (position + 8 <= end) {
      if ((this.seen += 1) > MAX_BOXES) throw tooComplex();
      const head = await this.reader.at(position, 16);
      const short = head.readUInt32BE(0);
      const type = head.toString('latin1', 4, 8);
      // 1 = a long size follows; 0 = up to the end of what it lies in.
      const size = short === 1 ? longSize(head) : short === 0 ? end - position : short;
      const headSize = short === 1 ? 16 : 8;
      // QuickTime ends some lists of boxes with four zero bytes.
      if (short === 0 && from > 0) return;
      if (size < headSize || position + size > end) throw damagedVideo();
      yield { type, start: position + headSize, end: position + size };
      position += size;
    }
  }

  async tracks(index: Box): Promise<Mp4Track[]> {
    const found: Box[] = [];
    let movieScale = 1;
    for await (const box of this.boxes(index.start, index.end)) {
      if (box.type === 'mvhd') movieScale = (await this.timesAt(box)).scale;
      if (box.type === 'trak') found.push(box);
      if (found.length > PROBE_LIMITS.tracks) throw tooManyTracks();
    }
    if (found.length === 0) throw damagedVideo();
    const tracks: Mp4Track[] = [];
    for (const box of found) tracks.push(await this.track(box, movieScale));
    return tracks;
  }

  private async track(trak: Box, movieScale: number): Promise<Mp4Track> {
    const boxes = await this.inside(trak, ['edts', 'elst', 'mdia', 'mdhd', 'hdlr', 'minf', 'dinf', 'dref', 'stbl']);
    const dref = boxes.get('dref');
    if (dref) await this.refuseForeignData(dref);
    const mdhd = boxes.get('mdhd');
    const { scale = 1, duration = 0 } = mdhd ? await this.timesAt(mdhd) : {};
    const hdlr = boxes.get('hdlr');
    const handler = hdlr ? (await this.reader.at(hdlr.start + 8, 4)).toString('latin1') : '';
    const tables = boxes.get('stbl');
    const inTable = tables ? await this.inside(tables, []) : new Map<string, Box>();
    await this.requireData(inTable);
    const timing = inTable.get('stts');
    const variable = handler === 'vide' && timing ? await this.isVariable(timing) : undefined;
    const elst = boxes.get('elst');
    const times = { movieScale, mediaScale: scale, mediaDuration: duration };
    return {
      handler,
      edits: elst !== undefined,
      edited: elst !== undefined && (await this.isEdited(elst, times)),
      ...(variable !== undefined && { variable }),
    };
  }

  /** The first box of each type below this one, looking into those that are named. */
  private async inside(box: Box, open: readonly string[], found = new Map<string, Box>()): Promise<Map<string, Box>> {
    for await (const child of this.boxes(box.start, box.end)) {
      // MOV has a second handler, for the data, further down.
      if (!found.has(child.type)) found.set(child.type, child);
      if (open.includes(child.type) && CONTAINERS.has(child.type)) await this.inside(child, open, found);
    }
    return found;
  }

  /** The scale and the duration of `mvhd` or `mdhd`. */
  private async timesAt({ start }: Box): Promise<{ scale: number; duration: number }> {
    const content = await this.reader.at(start, 32);
    if (content.length < 32) throw damagedVideo();
    const long = content[0] === 1;
    return {
      scale: Math.max(1, content.readUInt32BE(long ? 20 : 12)),
      duration: long ? Number(content.readBigUInt64BE(24)) : content.readUInt32BE(16),
    };
  }

  /** A track may name another file or host as the place of its data. No such name is ever followed. */
  private async refuseForeignData({ start, end }: Box): Promise<void> {
    for await (const entry of this.boxes(start + 8, end)) {
      const selfContained = ((await this.reader.at(entry.start, 4))[3] ?? 0) & 1;
      if (selfContained) continue;
      throw refuse(
        'media.refers-elsewhere',
        'The video does not hold its picture or sound itself, but refers to other files.',
        'Export it as one self-contained file, and upload that.',
      );
    }
  }

  /** The places of all data lie within the file. */
  private async requireData(tables: ReadonlyMap<string, Box>): Promise<void> {
    for (const [type, width] of [
      ['stco', 4],
      ['co64', 8],
    ] as const) {
      const table = tables.get(type);
      if (!table) continue;
      await this.eachEntry(table, 0, width, (buffer, at) => {
        const offset = width === 4 ? buffer.readUInt32BE(at) : Number(buffer.readBigUInt64BE(at));
        if (offset >= this.reader.size) throw damagedVideo();
      });
    }
  }

  /** `stts`: how many frames last how long, one entry after the other. */
  private async isVariable(table: Box): Promise<boolean | undefined> {
    const frames = new Map<number, number>();
    let all = 0;
    let last = 0;
    await this.eachEntry(table, 0, 8, (buffer, at) => {
      last = buffer.readUInt32BE(at + 4);
      const count = buffer.readUInt32BE(at);
      all += count;
      // Memory stays bounded; that many durations are uneven in any case.
      if (frames.size < MAX_DURATIONS || frames.has(last)) frames.set(last, (frames.get(last) ?? 0) + count);
    });
    if (all === 0) return undefined;
    // The last frame lasts as long as it likes.
    frames.set(last, (frames.get(last) ?? 1) - 1);
    return isUneven(frames, all - 1, 0);
  }

  private async isEdited(table: Box, { movieScale, mediaScale, mediaDuration }: Times): Promise<boolean> {
    const long = (await this.reader.at(table.start, 1))[0] === 1;
    const cuts: { seconds: number; from: number; rate: number }[] = [];
    await this.eachEntry(table, 0, long ? 20 : 12, (buffer, at) => {
      const seconds = (long ? Number(buffer.readBigUInt64BE(at)) : buffer.readUInt32BE(at)) / movieScale;
      const from = long ? Number(buffer.readBigInt64BE(at + 8)) : buffer.readInt32BE(at + 4);
      if (cuts.length < 4) cuts.push({ seconds, from, rate: buffer.readInt32BE(at + (long ? 16 : 8)) / 65_536 });
    });
    const empty = cuts.filter(({ from }) => from < 0);
    const [shown, ...more] = cuts.filter(({ from }) => from >= 0);
    if (shown === undefined) return empty.length > 0;
    const start = shown.from / mediaScale;
    const lost = mediaDuration / mediaScale - start - shown.seconds;
    return (
      more.length > 0 ||
      shown.rate !== 1 ||
      start > USUAL_DELAY ||
      // 0 = up to the end, as in a file of fragments.
      (shown.seconds > 0 && lost > USUAL_DELAY) ||
      empty.some(({ seconds }) => seconds > USUAL_DELAY)
    );
  }

  /** Reads a table of entries of one width, behind version, flags and their number. */
  private async eachEntry(
    { start, end }: Box,
    skip: number,
    width: number,
    visit: (buffer: Buffer, at: number) => void,
  ): Promise<void> {
    const head = await this.reader.at(start + 4 + skip, 4);
    const first = start + 8 + skip;
    const count = head.length < 4 ? 0 : head.readUInt32BE(0);
    if (first + count * width > end) throw damagedVideo();
    const atOnce = Math.floor(ENTRIES_BYTES / width);
    for (let done = 0; done < count; done += atOnce) {
      const entries = Math.min(atOnce, count - done);
      const buffer = await this.reader.at(first + done * width, entries * width);
      if (buffer.length < entries * width) throw damagedVideo();
      for (let entry = 0; entry < entries; entry += 1) visit(buffer, entry * width);
    }
  }
}

const CONTAINERS = new Set(['edts', 'mdia', 'minf', 'dinf']);
const ENTRIES_BYTES = 4096;
const MAX_DURATIONS = 4096;
/** Seconds: the delay of reordered frames, and what a sound encoder puts before the first sample. */
const USUAL_DELAY = 0.25;

function longSize(head: Buffer): number {
  return head.length < 16 ? 0 : Number(head.readBigUInt64BE(8));
}

/**
 * Do more than two in a hundred frames last otherwise than most, by more than a tenth and the given rounding?
 * @param frames number of frames by duration
 */
export function isUneven(frames: ReadonlyMap<number, number>, all: number, rounding: number): boolean {
  const [usual] = [...frames].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [0, 0]);
  const even = [...frames]
    .filter(([duration]) => Math.abs(duration - usual) <= Math.max(usual * 0.1, rounding))
    .reduce((sum, [, count]) => sum + count, 0);
  return all > 0 && all - even > all * 0.02;
}
