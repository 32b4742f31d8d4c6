import { type Delivery, type Webhook } from './queries.js';

/** What the first word of an event's name stands for. */
const THINGS: Readonly<Record<string, string>> = {
  post: 'Posts',
  approval: 'Approvals',
  comment: 'Comments',
  publication: 'Publications',
  connection: 'Connections',
};

/** Event types by the thing that they are about, in their order, as a list of choices. */
export function groupsOf(types: readonly string[]): { group: string; items: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const type of types) {
    const thing = type.split('.')[0] ?? type;
    const group = THINGS[thing] ?? thing;
    groups.set(group, [...(groups.get(group) ?? []), type]);
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}

/** Of what a webhook is told: "everything", or some names. */
export function whatInWords(types: Webhook['eventTypes']): string {
  if (!Array.isArray(types)) return 'everything';
  const [first = '', ...more] = types;
  return more.length === 0 ? first : `${types.length} kinds of events`;
}

/** In which workspaces: "all workspaces", or their names. @param names by the workspace's id */
export function whereInWords(ids: readonly string[] | null, names: ReadonlyMap<string, string>): string {
  if (ids === null) return 'all workspaces';
  return ids.map((id) => names.get(id) ?? 'a workspace that is archived').join(', ');
}

/** Why a webhook is sent nothing, and what to do. Undefined for one that is on. */
export function whyDisabled(reason: Webhook['disabledReason']): string | undefined {
  switch (reason) {
    case 'gone':
      return 'Its receiver answered that it is gone (HTTP 410). If that was a mistake, mend the receiver and enable the webhook.';
    case 'failing':
      return 'Its receiver took nothing for five days. When it works again, enable the webhook: what waits is then sent at once.';
    case 'by-hand':
      return 'Somebody disabled it. What happens meanwhile is not sent later.';
    case null:
      return undefined;
  }
}

/** The outcome of the last try in short: "HTTP 204". */
export function outcomeOf({ lastStatus, tries }: Pick<Delivery, 'lastStatus' | 'tries'>): string {
  if (lastStatus !== null) return `HTTP ${lastStatus}`;
  return tries === 0 ? 'Not tried yet' : 'No answer';
}

/** "1 try", "3 tries". */
export function triesInWords(tries: number): string {
  return tries === 1 ? '1 try' : `${tries} tries`;
}

/** JSON as people read it; anything else as it is. */
export function readable(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload; // A receiver may answer whatever it likes.
  }
}
