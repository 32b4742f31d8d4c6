import { type Publication } from '../../api/queries.js';
import { releasedWords } from '../released-words.js';
import { type Instants } from '../instants.js';
import { fromDue } from './distance.js';
import { lookInWords } from './look-in-words.js';
import { type Evidence, type LogEntry, numberOf, textOf } from './log-evidence.js';
import { stepInWords } from './steps.js';

/** How an entry is meant: it colours the entry and never stands alone. */
export type Tone = 'plan' | 'work' | 'good' | 'wait' | 'doubt' | 'bad';

/** An entry of the publishing log, for a person. */
export interface Told {
  tone: Tone;
  /** Who did what. */
  sentence: string;
  why?: string | undefined;
  /** What follows from it. */
  next?: string | undefined;
  /** Where it can be seen. */
  permalink?: string | undefined;
}

/** What a sentence needs beside the entry. */
export interface Setting {
  /** `Bluesky`. */
  platformName: string;
  instants: Instants;
  /** When it was due as this happened. */
  dueAt: string;
  /** Which of its messages is the first comment. */
  comment?: number | undefined;
}

/** Tells one entry: who, what, why, and what follows. Every kind of entry has its sentence. */
export function tell(entry: LogEntry, setting: Setting): Told {
  const evidence: Evidence = entry.evidence ?? {};
  const who = actorName(entry, setting);
  switch (entry.kind) {
    case 'scheduled':
    case 'revised':
    case 'rescheduled':
    case 'cleared':
    case 'clearance-withdrawn':
    case 'cancelled':
      return tellPlan(entry.kind, who, evidence, setting);
    case 'removed':
    case 'edited':
      return tellChanged(entry.kind, entry, who, setting);
    case 'held':
      if (entry.actor.type === 'user' && evidence['reason'] === 'held-by-person') {
        return { tone: 'wait', sentence: `${who} holds it.`, next: 'It goes out after a person has released it.' };
      }
      return {
        tone: 'wait',
        sentence: `Held: ${textOf(evidence, 'message') ?? 'it may not go out as things stand.'}`,
        why: entry.failure?.message,
        next: textOf(evidence, 'remedy'),
      };
    case 'released':
      return tellReleased(entry, who, evidence);
    case 'resolved':
      return tellResolved(who, evidence);
    case 'attempt-started':
      return { tone: 'work', sentence: 'ClickPost took it in hand.' };
    case 'step-done':
      return { tone: 'work', sentence: part(evidence, setting) + stepInWords(evidence, setting.platformName) };
    case 'fenced':
      return {
        tone: 'work',
        sentence: `${part(evidence, setting)}The last checks are passed. The request that publishes it is sent${(numberOf(evidence, 'fence') ?? 1) > 1 ? ' once more' : ''}.`,
      };
    case 'committed':
      return { tone: 'good', sentence: `${part(evidence, setting)}${setting.platformName} accepted it.` };
    case 'segment-published':
      return {
        tone: 'good',
        sentence: `${partName(numberOf(evidence, 'segment') ?? 0, setting)} is out.`,
        next: textOf(evidence, 'note'),
        permalink: textOf(evidence, 'permalink'),
      };
    case 'published':
      return {
        tone: 'good',
        sentence: `It is out, ${fromDue(entry.at, setting.dueAt)}.`,
        next: textOf(evidence, 'note'),
        permalink: textOf(evidence, 'permalink'),
      };
    case 'retry-planned':
      return entry.actor.type === 'user'
        ? { ...tellRetry(entry, evidence, setting), sentence: `${who} asked for a look.` }
        : tellRetry(entry, evidence, setting);
    case 'reconciled':
      return tellLook(evidence, setting);
    case 'failed':
      return tellFailed(entry, evidence);
    case 'unconfirmed':
      return tellUnconfirmed(entry, evidence, setting);
  }
}

/** Who did it, by name. */
export function actorName({ actor }: LogEntry, { platformName }: Pick<Setting, 'platformName'>): string {
  switch (actor.type) {
    case 'user':
      return actor.name ?? 'Somebody';
    case 'client':
      return `${actor.name ?? 'A client'} (client)`;
    case 'platform':
      return platformName;
    case 'worker':
    case 'system':
      return 'ClickPost';
  }
}

type PlanKind = 'scheduled' | 'revised' | 'rescheduled' | 'cleared' | 'clearance-withdrawn' | 'cancelled';

/** What a person did to the published post, or what the network would not do. */
function tellChanged(
  kind: 'removed' | 'edited',
  { failure, evidence }: LogEntry,
  who: string,
  { platformName }: Setting,
): Told {
  if (failure) {
    const wish = kind === 'removed' ? 'delete it' : 'give it another text';
    const sentence = `${who} wanted to ${wish} on ${platformName}, and it was not done.`;
    return { tone: 'bad', sentence, why: failure.message, next: failure.remedy };
  }
  if (kind === 'removed') return { tone: 'plan', sentence: `${who} deleted it on ${platformName}.` };
  const text = textOf(evidence ?? {}, 'text');
  return {
    tone: 'plan',
    sentence: `${who} gave it another text on ${platformName}.`,
    ...(text !== undefined && { why: `It says now: "${text}"` }),
  };
}

function tellPlan(kind: PlanKind, who: string, evidence: Evidence, { instants }: Setting): Told {
  const time = (name: string) => {
    const at = textOf(evidence, name);
    return at === undefined ? 'another time' : instants.noun(at);
  };
  switch (kind) {
    case 'scheduled':
      return { tone: 'plan', sentence: `${who} scheduled it for ${time('dueAt')}.` };
    case 'revised': {
      const revision = numberOf(evidence, 'revision');
      const version = revision === undefined ? '' : ` to revision ${revision}`;
      return {
        tone: 'plan',
        sentence: `${who} changed it${version}.`,
        next: 'This version goes out, and none before it.',
      };
    }
    case 'rescheduled':
      return {
        tone: 'plan',
        sentence: `${who} moved it from ${time('from')} to ${time('dueAt')}.`,
        why: textOf(evidence, 'why'),
      };
    case 'cleared':
      return { tone: 'plan', sentence: 'This version was cleared to go out.' };
    case 'clearance-withdrawn':
      return {
        tone: 'wait',
        sentence: `${who} withdrew the clearance.`,
        next: 'It does not go out before it is cleared again.',
      };
    case 'cancelled': {
      const why = textOf(evidence, 'why');
      // The name says it already.
      return {
        tone: 'plan',
        sentence: `${who} cancelled it.`,
        why: why === 'A person cancelled it.' ? undefined : why,
        next: 'It does not go out.',
      };
    }
  }
}

function tellReleased(entry: LogEntry, who: string, evidence: Evidence): Told {
  if (entry.actor.type === 'user') {
    // A retry names no reason of a hold.
    if (textOf(evidence, 'reason') !== undefined) {
      const now = textOf(evidence, 'dueAt') !== undefined;
      return { tone: 'plan', sentence: `${who} released it.`, next: `It goes out ${now ? 'at once' : 'at its time'}.` };
    }
    return { tone: 'plan', sentence: `${who} asked for another try.`, next: 'It is tried at once.' };
  }
  return {
    tone: 'plan',
    sentence: releasedWords(textOf(evidence, 'reason')),
    next: 'It is not held any more and goes out by itself.',
  };
}

function tellResolved(who: string, evidence: Evidence): Told {
  if (evidence['outcome'] === 'published') {
    return { tone: 'good', sentence: `${who} looked and found it.`, permalink: textOf(evidence, 'permalink') };
  }
  return { tone: 'plan', sentence: `${who} looked and did not find it.`, next: 'It is sent again at once.' };
}

/** Another try, a look, or nothing more than a pause: the evidence tells which. */
function tellRetry({ failure }: LogEntry, evidence: Evidence, setting: Setting): Told {
  const { instants, platformName } = setting;
  const at = textOf(evidence, 'at');
  const when = at === undefined ? 'later' : instants.adverb(at);
  const why = textOf(evidence, 'why');
  if (evidence['processing'] === true) {
    return {
      tone: 'wait',
      sentence: part(evidence, setting) + (why ?? 'It is being processed.'),
      next: `ClickPost looks again ${when}.`,
    };
  }
  if (evidence['next'] === 'look') {
    const seen = failure?.message ?? why ?? 'The outcome is not known.';
    const then = failure && why !== undefined ? why : undefined;
    return {
      tone: 'doubt',
      sentence: part(evidence, setting) + seen,
      why: then,
      next: `ClickPost looks on ${platformName} ${when}.`,
    };
  }
  // After a look, the failure is only a stand-in: the reason is what was seen.
  const inItsWords = failure?.platformCode !== undefined || failure?.platformMessage !== undefined;
  const spoken = failure && (inItsWords || why === undefined);
  return {
    tone: failure ? 'bad' : 'wait',
    sentence: spoken ? failure.message : (why ?? 'It was given back untouched.'),
    why: spoken ? why : undefined,
    next: failure ? `It is tried again ${when}.` : `It goes on ${when}.`,
  };
}

function tellLook(evidence: Evidence, setting: Setting): Told {
  const { platformName } = setting;
  const why = lookInWords(evidence);
  const looked = `${part(evidence, setting)}ClickPost looked on ${platformName}`;
  switch (evidence['outcome']) {
    case 'published':
      return { tone: 'good', sentence: `${looked} and found it.`, why: joined(why, sureness(evidence['confidence'])) };
    case 'absent':
      return { tone: 'work', sentence: `${looked}: it is not there.`, why, next: afterAbsent(evidence) };
    case 'pending':
      return { tone: 'wait', sentence: `${looked}: it is accepted, and still being processed there.`, why };
    case 'refused':
      return { tone: 'bad', sentence: `${looked}: it was accepted, and then rejected. It is not visible.`, why };
    case 'repeatable':
      return {
        tone: 'work',
        sentence: `${part(evidence, setting)}Nobody can look on ${platformName}, but it carries a key.`,
        why,
        next: 'Sending it again cannot make a second one.',
      };
    default:
      return { tone: 'doubt', sentence: `${looked} and cannot tell whether it is there.`, why };
  }
}

/** A look that a person asked for leaves the decision to people. */
function afterAbsent(evidence: Evidence): string {
  if (evidence['asked'] !== true) return 'It is safe to send it again.';
  return 'It is not sent by itself: say that it is not there, and it is sent again.';
}

/** How ClickPost knows that what it found is this post. */
function sureness(confidence: unknown): string | undefined {
  if (confidence === 'certain')
    return 'It is certain: the post bears an id that ClickPost chose or knew before it sent it.';
  if (confidence === 'matched')
    return 'It was recognised by its content: the only post since then that is the same and belongs to no other publication.';
  return undefined;
}

function joined(...sentences: (string | undefined)[]): string | undefined {
  const given = sentences.filter((sentence) => sentence !== undefined);
  return given.length === 0 ? undefined : given.join(' ');
}

function tellFailed({ failure }: LogEntry, evidence: Evidence): Told {
  const out = numberOf(evidence, 'published');
  const of = numberOf(evidence, 'of');
  return {
    tone: 'bad',
    sentence: `Failed: ${failure?.message ?? 'it did not go out.'}`,
    why: out !== undefined && of !== undefined ? `${out} of its ${of} parts are out.` : undefined,
    next: failure?.remedy,
  };
}

function tellUnconfirmed({ failure }: LogEntry, evidence: Evidence, { platformName }: Setting): Told {
  const last = evidence['lastAnswer'];
  const answer = typeof last === 'object' && last !== null && 'message' in last ? String(last.message) : undefined;
  const reasons = [textOf(evidence, 'why'), lookInWords(evidence), answer && `The last answer: ${answer}`];
  const why = reasons.filter((reason) => reason !== undefined).join(' ');
  return {
    tone: 'doubt',
    sentence: `Unconfirmed: ${failure?.message ?? `${platformName} did not say whether it accepted this post.`}`,
    why: why === '' ? undefined : why,
    next: 'Look at the account, then say here whether it is there. It is never sent again before that.',
  };
}

/** Which message of a publication is its first comment. */
export function commentOf({ segments }: Pick<Publication, 'segments'>): number | undefined {
  return segments.find(({ kind }) => kind === 'comment')?.position;
}

/** Names the part of a thread, or the comment; the first part is the post itself. */
function part(evidence: Evidence, setting: Pick<Setting, 'comment'>): string {
  const segment = numberOf(evidence, 'segment') ?? 0;
  return segment === 0 ? '' : `${partName(segment, setting)}: `;
}

function partName(segment: number, { comment }: Pick<Setting, 'comment'>): string {
  if (segment === comment) return 'The first comment';
  return segment === 0 && comment === 1 ? 'The post' : `Part ${segment + 1}`;
}
