/**
 * The parts of an upload. "Each chunk must be at least 5 MB but no greater than 64 MB, except for the final chunk, which can be
 * greater than chunk_size (up to 128 MB)"; `total_chunk_count` is the size divided by that of a chunk, rounded down.
 * https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
 */
export type ChunkPlan = {
  /** Bytes: of the file, and of every part but the last. */
  size: number;
  chunkSize: number;
  count: number;
};

/**
 * The smallest part that is one by either reading of "5 MB". The last part commits the post, so it should not take long: it is
 * at most twice of this. Four gigabytes are 762 parts of the thousand that are allowed.
 */
export const CHUNK_BYTES = 5 * 1024 * 1024;

/**
 * How a file of this many bytes is sent. What comes to less than two parts goes as a whole, whose size is then that of its one
 * part: since August 2026 TikTok refuses a single part that is called smaller than the file ("The chunk size is invalid"),
 * which its page does not say. https://github.com/DayMoonDevelopment/post-for-me/issues/327
 */
export function planOf(size: number): ChunkPlan {
  const count = Math.max(1, Math.floor(size / CHUNK_BYTES));
  return { size, chunkSize: count === 1 ? size : CHUNK_BYTES, count };
}

/** Where the last part begins: everything before is sent while the post is prepared. */
export function lastStartOf({ chunkSize, count }: ChunkPlan): number {
  return (count - 1) * chunkSize;
}

/**
 * How much TikTok has, by the `Content-Range` of an answer: `bytes 0-{UPLOADED_BYTES}/{TOTAL_BYTE_LENGTH}`. The page says a
 * number of bytes; headers of this name hold the last byte. Both are understood, as parts end at known places.
 */
export function uploadedIn(header: string | null, { chunkSize, size }: ChunkPlan): number | undefined {
  const match = /^bytes 0-(\d+)\/(\d+|\*)$/.exec(header?.trim() ?? '');
  if (!match) return undefined;
  const said = Number(match[1]);
  return [said, said + 1].find((bytes) => bytes % chunkSize === 0 || bytes === size);
}
