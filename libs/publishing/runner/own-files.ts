import { Readable } from 'node:stream';
import { type MediaSource, type PlatformManifest } from '#platforms/core';

/** As if two megabits a second were sent: what a request with a file is given beside its own time. */
const UPLOAD_BYTES_PER_MS = 250;

/** How long sending so many bytes may take, in milliseconds. */
export function uploadMs(bytes: number): number {
  return Math.ceil(bytes / UPLOAD_BYTES_PER_MS);
}

/** The largest of these files, in bytes; 0 where there is none. */
export function largestOf(media: readonly Pick<MediaSource, 'bytes'>[]): number {
  return Math.max(0, ...media.map(({ bytes }) => bytes));
}

/** How much longer a commit may take that sends the last part of one of these files, in milliseconds. */
export function lastPartMs(
  { commitBytes = 0 }: Pick<PlatformManifest, 'commitBytes'>,
  media: readonly Pick<MediaSource, 'bytes'>[],
): number {
  return uploadMs(Math.min(commitBytes, largestOf(media)));
}

/**
 * What goes wrong with our own storage while an adapter is at work: no fault of the platform's, whatever the adapter makes of
 * it. Told of while a file is opened, and while it is read.
 */
export class OwnFiles {
  private met: { fault: unknown } | undefined;

  /** The first that went wrong, if anything did. */
  get fault(): { fault: unknown } | undefined {
    return this.met;
  }

  /** Does something of our own, and keeps what goes wrong. */
  readonly guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      this.met ??= { fault: error };
      throw error;
    }
  };

  /** The files as an adapter reads them. */
  readable(media: readonly MediaSource[]): MediaSource[] {
    return media.map((source) => {
      const { cover } = source;
      return {
        ...source,
        read: () => this.guard(() => source.read()),
        open: async (range) => {
          const stream = await this.guard(() => source.open(range));
          return Readable.from(this.watched(stream), { objectMode: false });
        },
        address: () => this.guard(() => source.address()),
        ...(cover && { cover: () => this.guard(cover) }),
      };
    });
  }

  /** Keeps what goes wrong in reading, and nothing that stops the one who reads. */
  private async *watched(stream: Readable): AsyncGenerator<unknown> {
    const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<unknown>;
    try {
      for (;;) {
        const next = await this.guard(() => chunks.next());
        if (next.done) return;
        yield next.value;
      }
    } finally {
      stream.destroy();
    }
  }
}
