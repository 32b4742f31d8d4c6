/**
 * How long tags are together, as YouTube counts: "commas between items in the list count toward the limit", and a tag with a
 * blank counts "as though it were wrapped in quotation marks".
 * https://developers.google.com/youtube/v3/docs/videos#snippet.tags[]
 */
export function tagsLength(tags: readonly string[]): number {
  const commas = Math.max(0, tags.length - 1);
  return tags.reduce((sum, tag) => sum + [...tag].length + (/\s/.test(tag) ? 2 : 0), commas);
}

/** Tags as they are sent: without the blanks around them, and none twice. */
export function tidyTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}
