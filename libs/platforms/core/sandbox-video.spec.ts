import { practiceVideo, type PracticeVideoOptions } from '#platforms/testing';
import { readSandboxVideo, REFUSED_LATE, videoOutline } from './sandbox-video.js';

/** A file that remembers how much of it was read at once, at the most. */
function file(content: Uint8Array) {
  const whole = Buffer.from(content);
  return {
    bytes: whole.length,
    most: 0,
    read(start: number, end: number) {
      const part = whole.subarray(start, end);
      this.most = Math.max(this.most, part.length);
      return part;
    },
  };
}

async function video(options: PracticeVideoOptions = {}): Promise<Buffer> {
  const given = { width: 640, height: 360, dataBytes: 700_000, ...options };
  return Buffer.concat((await (await practiceVideo(given).open()).toArray()) as Buffer[]);
}

/** The top boxes of a file whose sizes take four bytes. */
function boxesOf(content: Buffer): Buffer[] {
  const boxes: Buffer[] = [];
  for (let at = 0; at < content.length; at += content.readUInt32BE(at)) {
    boxes.push(content.subarray(at, at + content.readUInt32BE(at)));
  }
  return boxes;
}

const typeOf = (box: Buffer) => box.toString('latin1', 4, 8);

/** A box whose size takes eight bytes. */
function long(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(1, 0);
  head.write(type, 4, 'latin1');
  head.writeBigUInt64BE(BigInt(content.length + 16), 8);
  return Buffer.concat([head, content]);
}

/** A box that goes to the end of the file. */
const endless = (type: string, content: Buffer) => Buffer.concat([Buffer.alloc(4), Buffer.from(type), content]);

describe('the outline of a video', () => {
  it('is read as the video is, without its pictures', async () => {
    const content = await video();
    const given = file(content);
    const outline = videoOutline(given);
    expect(readSandboxVideo(given)).toEqual({
      ...{ contentType: 'video/mp4', width: 640, height: 360, durationMs: 2_000, codec: 'avc1', frameRate: 30 },
      refusedLate: false,
    });
    expect(outline.length).toBeLessThan(2_000);
    expect(given.most).toBeLessThan(2_000);
  });

  it('keeps the order of the boxes, and the words of a refusal', async () => {
    const [brand, index, late, pictures] = boxesOf(await video({ refusedLate: true })) as [Buffer, ...Buffer[]];
    const given = file(Buffer.concat([brand, pictures!, late!, index!]));
    const outline = videoOutline(given);
    expect(boxesOf(outline).map(typeOf)).toEqual(['ftyp', 'mdat', 'free', 'moov']);
    expect(outline.includes(REFUSED_LATE)).toBe(true);
    expect(readSandboxVideo(given)).toMatchObject({ width: 640, refusedLate: true });
  });

  it.each([
    ['takes eight bytes for their size', long],
    ['goes to the end of the file', endless],
  ])('has an empty box for pictures whose box %s', async (_, box) => {
    const [brand, index] = boxesOf(await video()) as [Buffer, Buffer];
    const given = file(Buffer.concat([brand, index, box('mdat', Buffer.alloc(500_000))]));
    const outline = videoOutline(given);
    expect(
      boxesOf(outline)
        .map((inner) => [typeOf(inner), inner.length])
        .at(-1),
    ).toEqual(['mdat', 8]);
    expect(readSandboxVideo(given)).toMatchObject({ width: 640 });
  });

  it('leaves out what is too large to describe a film', async () => {
    const [brand, index, pictures] = boxesOf(await video()) as [Buffer, Buffer, Buffer];
    const waste = long('free', Buffer.alloc(33 * 1024 * 1024));
    const given = file(Buffer.concat([brand, waste, index, pictures]));
    expect(readSandboxVideo(given)).toMatchObject({ width: 640 });
    expect(given.most).toBeLessThan(2_000);
  });

  it('shows no film where the file is none, or is cut off at any place', async () => {
    const content = await video({ dataBytes: 100 });
    for (let end = 0; end < content.length; end += 1) {
      expect([end, readSandboxVideo(file(content.subarray(0, end)))]).toEqual([end, undefined]);
    }
    for (const text of ['short', 'no video at all, but much longer than a head']) {
      expect(videoOutline(file(Buffer.from(text)))).toHaveLength(0);
    }
  });
});
