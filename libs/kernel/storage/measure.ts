import { createHash } from 'node:crypto';
import { type StoredFile } from './file-storage.js';

/** Counts and hashes bytes while they pass. */
export class Measure {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  async *pass(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      this.bytes += chunk.byteLength;
      this.hash.update(chunk);
      yield chunk;
    }
  }

  /** To be asked once, at the end. */
  result(): StoredFile {
    return { bytes: this.bytes, digest: this.hash.digest('hex') };
  }
}
