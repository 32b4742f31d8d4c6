import { type RecordedEvent } from '#kernel';

/** Characters of a text that a payload holds at most. */
const TEXT_MAX = 280;

/** What happened, ready to be sent. */
export interface Message {
  /** The event's: the same in every try and every repetition. */
  id: string;
  organizationId: string;
  workspaceId: string | null;
  type: string;
  /** What it is about: first tries keep the order of what happened to one thing. */
  subject: string;
  /** When it happened. */
  at: Date;
  /** JSON, exactly as it is signed and sent. */
  payload: string;
}

/** Where the API tells more of what an event names, by the field that names it. */
const PLACES: Readonly<Record<string, string>> = {
  postId: 'posts',
  publicationId: 'publications',
  connectionId: 'connections',
};

/** Whether a field leads somewhere, and so stays whole however long it is. */
const ADDRESS = /(^|[a-z])(permalink|url)$/i;

/**
 * Writes what is sent of an event: `{type, timestamp, data}` of the specification. Texts are cut; `data` says in which
 * organization and workspace it happened, and where the API tells more.
 * @param publicUrl without a slash at its end
 */
export function messageOf(event: RecordedEvent, publicUrl: string): Message {
  const { id, organizationId, workspaceId, type, at } = event;
  const cut = shortened(event.data) as Record<string, unknown>;
  const data = { organizationId, workspaceId, ...cut, links: linksOf(event.data, publicUrl) };
  const payload = JSON.stringify({ type, timestamp: at.toISOString(), data });
  return { id, organizationId, workspaceId, type, subject: subjectOf(event), at, payload };
}

/** The thing that the first word of the type names, or the post for what belongs to one. */
function subjectOf({ id, type, data }: RecordedEvent): string {
  const own = data[`${type.split('.')[0]}Id`];
  const thing = type.startsWith('comment.') ? data['postId'] : (own ?? data['postId']);
  return typeof thing === 'string' ? thing : id;
}

function linksOf(data: Readonly<Record<string, unknown>>, publicUrl: string): Record<string, string> {
  const named = Object.entries(PLACES).filter(([field]) => typeof data[field] === 'string');
  return Object.fromEntries(
    named.map(([field, place]) => [field.replace(/Id$/, ''), `${publicUrl}/v1/${place}/${String(data[field])}`]),
  );
}

/** The same with every text cut at a character. Addresses stay whole, since half of one leads nowhere. */
function shortened(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return ADDRESS.test(name) ? value : excerpt(value);
  if (Array.isArray(value)) return value.map((inner) => shortened(inner));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner, key)]));
}

function excerpt(text: string): string {
  if (text.length <= TEXT_MAX) return text;
  const characters = [...text];
  return characters.length <= TEXT_MAX ? text : `${characters.slice(0, TEXT_MAX - 1).join('')}…`;
}
