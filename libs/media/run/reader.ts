import { type FileHandle } from 'node:fs/promises';

const WINDOW = 64 * 1024;

/** Reads small pieces of a file at any offset through one window, so that memory does not grow with the file. */
export class FileReader {
  #window = Buffer.alloc(0);
  #start = 0;

  constructor(
    private readonly handle: FileHandle,
    /** Bytes. */
    readonly size: number,
    /** Bytes that are read at once: few where short heads lie far apart. */
    private readonly window = WINDOW,
  ) {}

  /** Up to `length` bytes (at most the window, 64 KiB unless told) from `offset`; fewer at the end of the file. Valid until the next call. */
  async at(offset: number, length: number): Promise<Buffer> {
    if (offset < this.#start || offset + length > this.#start + this.#window.length) await this.#load(offset);
    const from = offset - this.#start;
    return this.#window.subarray(from, from + length);
  }

  async #load(offset: number): Promise<void> {
    const buffer = Buffer.alloc(this.window);
    const { bytesRead } = await this.handle.read(buffer, 0, this.window, offset);
    this.#window = buffer.subarray(0, bytesRead);
    this.#start = offset;
  }

  /** Where the byte stands next, from `offset` on; the size of the file if nowhere. */
  async indexOf(byte: number, offset: number): Promise<number> {
    let position = offset;
    while (position < this.size) {
      // What is read already is searched first: such bytes lie close together in the data of a picture.
      if (position < this.#start || position >= this.#start + this.#window.length) await this.#load(position);
      const piece = this.#window.subarray(position - this.#start);
      const found = piece.indexOf(byte);
      if (found >= 0) return position + found;
      if (piece.length === 0) break;
      position += piece.length;
    }
    return this.size;
  }
}
