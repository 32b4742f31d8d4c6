/** Bits below the milliseconds in an id. */
const SEQUENCE_BITS = 22n;

/**
 * When an id was given out: LinkedIn numbers posts by the time, in milliseconds since 1970, which stand in the upper bits. No
 * page of LinkedIn's says so; it holds for every id in its examples, as for `urn:li:share:6844785523593134080`, which is of
 * September 2021 (https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api), and for all
 * that people have compared. Undefined where the URN has no such number.
 */
export function timeOfUrn(urn: string): Date | undefined {
  const id = /^urn:li:(?:share|ugcPost|activity):(\d{15,19})$/.exec(urn)?.[1];
  return id === undefined ? undefined : new Date(Number(BigInt(id) >> SEQUENCE_BITS));
}

/** Whether it is the URN of a post. */
export const isPostUrn = (urn: string): boolean => /^urn:li:(share|ugcPost):\d+$/.test(urn);

/** The parts of `urn:li:comment:(urn:li:activity:1,2)`: what is commented, and which comment. Undefined where it is none. */
export function partsOfComment(urn: string): { post: string; id: string } | undefined {
  const [, post, id] = /^urn:li:comment:\((urn:li:\w+:\d+),(\d+)\)$/.exec(urn) ?? [];
  return post === undefined || id === undefined ? undefined : { post, id };
}
