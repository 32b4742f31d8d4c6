/** What lists show of a text, in characters. */
export const EXCERPT_LENGTH = 280;

/** SQL for the beginning of what a publication's channel gets, so that whole texts stay in the database. */
export function excerptOf(alias: string): string {
  return `left(${alias}.content #>> '{segments,0,text}', ${EXCERPT_LENGTH})`;
}
