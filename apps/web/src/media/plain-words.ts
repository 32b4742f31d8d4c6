import { bytesInWords } from './words.js';

/** What people call the types of files whose names say nothing to them. */
const TYPES: Readonly<Record<string, string>> = {
  'application/msword': 'Word document',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word document',
  'application/vnd.ms-powerpoint': 'PowerPoint',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PowerPoint',
  'video/quicktime': 'MOV',
  'video/x-matroska': 'MKV',
};

const BYTES = /(?<![\d.,])(\d{4,})( bytes)?(?![\d.,]*\d)/g;
const TYPE = /\b(?:image|video|audio|application)\/([\w.+-]*\w)/g;

/** A sentence of the technical plan for somebody who only looks at the post: `8 MB` for `8000000 bytes`, `PNG` for `image/png`. */
export function plainWords(sentence: string): string {
  return withSizes(sentence).replaceAll(TYPE, (type, name: string) => TYPES[type] ?? name.toUpperCase());
}

/** In a sentence that counts in bytes, all its large numbers are sizes. */
function withSizes(sentence: string): string {
  if (!/\d bytes\b/.test(sentence)) return sentence;
  return sentence.replaceAll(BYTES, (_, digits: string) => shortly(Number(digits)));
}

/** `8 MB` and not `8.0 MB`. */
function shortly(bytes: number): string {
  return bytesInWords(bytes).replace(/\.0+ /, ' ');
}
