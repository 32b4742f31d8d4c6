import { type FieldError, Problem } from '#kernel';

/** The most tags that one file has. */
export const MAX_TAGS = 20;
/** Characters of one tag. */
export const MAX_TAG_LENGTH = 40;

/**
 * Tags as they are kept: in small letters, without blanks around, each once, sorted.
 * @throws Problem 422 for what is too long, or too many
 */
export function tagsOf(given: readonly string[]): string[] {
  const tags = [...new Set(given.map(normal))].filter((tag) => tag !== '').toSorted();
  const errors: FieldError[] = given.flatMap((tag, index) => {
    const length = [...normal(tag)].length;
    if (length <= MAX_TAG_LENGTH) return [];
    const message = `This tag has ${length} characters; ${MAX_TAG_LENGTH} are allowed.`;
    return [{ field: `tags/${index}`, rule: 'media.tag-too-long', message, remedy: 'Use a shorter word.' }];
  });
  if (tags.length > MAX_TAGS) errors.push(tooMany(tags.length));
  if (errors.length > 0) throw Problem.validation(errors);
  return tags;
}

/** The refusal of a file with more tags than it may have. */
export function tooMany(count: number): FieldError {
  const message = `The file would have ${count} tags; ${MAX_TAGS} are allowed.`;
  return { field: 'tags', rule: 'media.too-many-tags', message, remedy: 'Take away those that nobody searches for.' };
}

function normal(tag: string): string {
  return tag.normalize('NFC').replaceAll(/\s+/gu, ' ').trim().toLowerCase();
}
