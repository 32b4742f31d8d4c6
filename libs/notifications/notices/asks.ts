import { type ApproverKey } from '#planning';

/** Somebody for whom an approval waits now. */
export interface Waiting {
  key: ApproverKey;
  /** Whether they are asked by the escalation alone. */
  escalated: boolean;
}

/** What somebody was told last of an approval. */
export interface Told {
  asked: ApproverKey;
  round: number;
  step: number;
  hash: string;
  at: Date;
  /** Since when it waits for them no more; null while it does. */
  closedAt: Date | null;
}

/** An approval at a moment, and what was told of it. */
export interface AskState {
  /** The database's time. */
  now: Date;
  /** When it is due; undefined for a draft. */
  due: Date | undefined;
  /** When it was changed, asked for or decided last. */
  since: Date;
  /** Whether somebody has decided about what it says now: then it is not being written any more. */
  decided: boolean;
  round: number;
  /** The step that is open. */
  step: number;
  hash: string;
  /** In hours before the due time. */
  reminders: readonly number[];
  /** The same for those who are asked as well then; null where nobody is. */
  escalation: number | null;
  waiting: readonly Waiting[];
  told: readonly Told[];
}

/** Why somebody is told that an approval waits for them. */
export const ASK_REASONS = ['requested', 'changed', 'reminder', 'escalation'] as const;
export type AskReason = (typeof ASK_REASONS)[number];

/** What is to be told now, and when to look again. */
export interface AskPlan {
  tell: { key: ApproverKey; why: AskReason }[];
  /** For whom it waits no more. */
  close: ApproverKey[];
  /** The first moment at which something may be to be told; undefined where time alone changes nothing. */
  next: Date | undefined;
}

/** After a change it must have been quiet for so long: whoever writes is not done. */
export const QUIET_MS = 2 * 60_000;
/** Between two mails to a client about the same post, but for one that somebody asks for by hand. */
export const CLIENT_GAP_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;

/** Compares for whom an approval waits with what they were told. */
export function planAsks(state: AskState): AskPlan {
  const told = new Map(state.told.map((one) => [one.asked, one]));
  const answers = state.waiting.map((one) => ({ ...one, ...askOf(one, told.get(one.key), state) }));
  const still = new Set(state.waiting.map(({ key }) => key));
  const { now, due, escalation } = state;
  const times = answers.flatMap(({ next }) => next ?? []);
  if (due && escalation !== null) times.push(new Date(due.getTime() - escalation * HOUR_MS));
  const ahead = times.filter((time) => time > now).map((time) => time.getTime());
  return {
    tell: answers.flatMap(({ key, why }) => (why ? [{ key, why }] : [])),
    close: state.told.filter(({ asked, closedAt }) => closedAt === null && !still.has(asked)).map(({ asked }) => asked),
    next: ahead.length > 0 ? new Date(Math.min(...ahead)) : undefined,
  };
}

/** What is to be told now, or when to look again. */
interface Ask {
  why?: AskReason;
  next?: Date;
}

function askOf(waiting: Waiting, told: Told | undefined, state: AskState): Ask {
  const first = waiting.escalated ? 'escalation' : 'requested';
  if (!told || told.round !== state.round) return { why: first };
  const reminder = reminderIn(told, state);
  const earliest = waiting.key.startsWith('client:') ? new Date(told.at.getTime() + CLIENT_GAP_MS) : state.now;
  const late = (ask: Ask): Ask => (ask.why && earliest > state.now ? { next: earliest } : ask);
  if (reminder.due) return late({ why: 'reminder' });
  if (told.hash !== state.hash) return late(changed(state));
  if (told.step !== state.step || told.closedAt !== null) return late({ why: first });
  return reminder.next ? { next: reminder.next } : {};
}

function changed({ now, since, decided }: AskState): Ask {
  const quiet = new Date(since.getTime() + QUIET_MS);
  return decided || quiet <= now ? { why: 'changed' } : { next: quiet };
}

/** Whether one has come since they were told last, and when the next one comes. None once the time has passed. */
function reminderIn({ at }: Told, { now, due, reminders }: AskState): { due: boolean; next?: Date | undefined } {
  if (!due || due <= now) return { due: false };
  const times = reminders.map((hours) => due.getTime() - hours * HOUR_MS);
  const ahead = times.filter((time) => time > now.getTime());
  return {
    due: times.some((time) => at.getTime() < time && time <= now.getTime()),
    next: ahead.length > 0 ? new Date(Math.min(...ahead)) : undefined,
  };
}
