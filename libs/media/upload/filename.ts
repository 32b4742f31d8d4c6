const MAX_LENGTH = 120;

/** Control characters, what turns the direction of text, and what separates or wildcards paths. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/g;

/** A sender's name for a file, made safe to show: no folders, at most 120 characters, its extension kept; never empty. */
export function sanitiseFilename(name: string | undefined): string {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replace(UNSAFE, '')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const characters = [...clean];
  if (characters.length === 0) return 'image';
  if (characters.length <= MAX_LENGTH) return clean;
  const extension = [...(/\.[A-Za-z0-9]{1,5}$/.exec(clean)?.[0] ?? '')];
  return [...characters.slice(0, MAX_LENGTH - extension.length), ...extension].join('');
}
