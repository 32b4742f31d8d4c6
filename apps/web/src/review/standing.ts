import { type Review } from './queries.js';

/** The version of a post that somebody looked at last. */
export interface Seen {
  revision: number;
  contentHash: string;
}

export function seenOf({ post: { revision, contentHash } }: Pick<Review, 'post'>): Seen {
  return { revision, contentHash };
}

/** Whether the post says something else than what was looked at, which has to be looked at before anything is decided. */
export function isNewer({ post }: Pick<Review, 'post'>, seen: Seen | null): boolean {
  return seen !== null && seen.contentHash !== post.contentHash;
}

/** What this client decided about the present version, if anything. */
export function presentDecision({ approval }: Pick<Review, 'approval'>) {
  return approval.decisions.findLast(({ counts }) => counts);
}

/** The one time at which all channels get the post; undefined where there is none, or several. */
export function commonDue({ channels }: Pick<Review['post'], 'channels'>) {
  const [first] = channels;
  const same = channels.every(({ due }) => due?.at === first?.due?.at && due?.timeZone === first?.due?.timeZone);
  return same ? (first?.due ?? undefined) : undefined;
}

/** Whether it is out on every channel. */
export function isOutEverywhere({ channels }: Pick<Review['post'], 'channels'>): boolean {
  return channels.length > 0 && channels.every(({ published }) => published !== null);
}

/** Why somebody sees this page, in one sentence. */
export function invitationWords({ approval: { waitedFor }, askedBy, client, workspace, post }: Review): string {
  const hello = client.name === null ? '' : `${client.name}, `;
  if (isOutEverywhere(post)) return `This post of ${workspace} is out.`;
  if (!waitedFor) return sentence(`${hello}this is a post that ${workspace} prepares.`);
  return sentence(`${hello}${askedBy ?? workspace} asks for your approval of this post.`);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
