import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type MediaSource } from '#platforms/core';
import { lastPartMs, OwnFiles } from './own-files.js';

const MB = 1_000_000;

function source(more: Partial<MediaSource> = {}): MediaSource {
  return {
    ...{ kind: 'video', digest: 'd', contentType: 'video/mp4', bytes: 3, width: 1, height: 1 },
    read: async () => new Uint8Array([1, 2, 3]),
    open: async () => Readable.from([Buffer.from([1, 2, 3])]),
    address: async () => 'https://clickpost.example/media/1',
    ...more,
  };
}

describe('the time for the last part of a file', () => {
  it('is none where a commit sends no file', () => {
    expect(lastPartMs({}, [{ bytes: 900 * MB }])).toBe(0);
    expect(lastPartMs({ commitBytes: 10 * MB }, [])).toBe(0);
  });

  it('is that of a slow line, for no more than there is to send', () => {
    expect(lastPartMs({ commitBytes: 10 * MB }, [{ bytes: 900 * MB }])).toBe(40_000);
    expect(lastPartMs({ commitBytes: 10 * MB }, [{ bytes: 1 * MB }])).toBe(4_000);
  });
});

describe('our own files in the hands of an adapter', () => {
  it('are read as they are', async () => {
    const ours = new OwnFiles();
    const [file] = ours.readable([source()]);
    expect([...(await file!.read())]).toEqual([1, 2, 3]);
    expect([...(await buffer(await file!.open()))]).toEqual([1, 2, 3]);
    expect(ours.fault).toBeUndefined();
  });

  it.each(['read', 'open', 'address', 'cover'] as const)(
    'tell that "%s" went wrong, also where it is caught',
    async (what) => {
      const ours = new OwnFiles();
      const wrong = new Error('The disk is away.');
      const [file] = ours.readable([source({ [what]: () => Promise.reject(wrong) })]);
      await Promise.resolve(file![what]?.()).catch(() => undefined);
      expect(ours.fault).toEqual({ fault: wrong });
    },
  );

  it('tell of what breaks while it is read', async () => {
    const ours = new OwnFiles();
    const wrong = new Error('The disk broke.');
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from([1]);
        throw wrong;
      })(),
    );
    const [file] = ours.readable([source({ open: async () => broken })]);
    await expect(buffer(await file!.open())).rejects.toThrow('The disk broke.');
    expect(ours.fault).toEqual({ fault: wrong });
  });

  it('tell nothing where the one who reads stops', async () => {
    const ours = new OwnFiles();
    const [file] = ours.readable([source()]);
    const stream = await file!.open();
    stream.destroy(new Error('The network is away.'));
    await expect(buffer(stream)).rejects.toThrow('The network is away.');
    expect(ours.fault).toBeUndefined();
  });
});
