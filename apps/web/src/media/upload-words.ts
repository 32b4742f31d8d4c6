import { partOf, type UploadItem } from './upload-item.js';
import { bytesInWords, percentInWords, remainingInWords } from './words.js';

/** Where an upload stands, in a line: `42 %, 12.0 MB of 28.5 MB, 3.1 MB a second, 5 seconds left` */
export function uploadInWords(item: UploadItem): string {
  const part = percentInWords(partOf(item));
  switch (item.state) {
    case 'waiting':
      return item.sent > 0 ? `${part}, going on` : 'Waiting for its turn';
    case 'sending':
      return [
        part,
        `${bytesInWords(item.sent)} of ${bytesInWords(item.file.size)}`,
        ...(item.pace ? [`${bytesInWords(item.pace.speed)} a second`, remainingInWords(item.pace.remainingMs)] : []),
      ].join(', ');
    case 'paused':
      return `Paused at ${part}`;
    case 'interrupted':
      return `Connection lost at ${part}. It goes on by itself.`;
    case 'checking':
      return 'All of it is there. Looking at its content.';
    case 'done':
      return 'In the library';
    case 'refused':
      return item.problem?.message ?? 'It was not taken.';
  }
}

/** What is told aloud of all uploads: only what changes for people, and no percentages. */
export function uploadsAloud(items: readonly UploadItem[]): string {
  const said = items.flatMap(({ name, state, problem }) => {
    if (state === 'done') return [`${name} is uploaded.`];
    if (state === 'refused') return [`${name} was not taken. ${problem?.message ?? ''}`.trim()];
    if (state === 'interrupted') return [`The upload of ${name} is interrupted. It goes on by itself.`];
    if (state === 'paused') return [`The upload of ${name} is paused.`];
    return [];
  });
  const coming = items.filter(({ state }) => state === 'waiting' || state === 'sending' || state === 'checking').length;
  return [...said, ...(coming > 0 ? [`${coming} ${coming === 1 ? 'file is' : 'files are'} on the way.`] : [])].join(
    ' ',
  );
}
