import { type AskReason } from './asks.js';

/** What people are told of posts. */
export const NOTICE_CAUSES = [
  'approval:waiting',
  'approval:changes-requested',
  'approval:approved',
  'approval:withdrawn',
  'comment:mention',
  'comment:reply',
  'comment:client',
] as const;
export type NoticeCause = (typeof NOTICE_CAUSES)[number];

/** What the words of a notice need, besides the post. */
export interface NoticeAbout {
  /** Who did what it is about; nobody where it is the reader. */
  by?: string | undefined;
  /** Of `approval:waiting`. */
  why?: AskReason | undefined;
  /** Whether they had approved what it said before. */
  approvedBefore?: boolean | undefined;
  /** Those who are away and in whose place they decide. */
  inPlaceOf?: string[] | undefined;
  /** The step that is open. */
  step?: string | undefined;
  /** What was said: a comment, or what is to be changed. */
  said?: string | undefined;
}

/** Whether it is a cause of a notice, and not of an alert. */
export function isNotice(cause: string): cause is NoticeCause {
  return (NOTICE_CAUSES as readonly string[]).includes(cause);
}

/** A notice in words. */
export interface NoticeWords {
  headline: string;
  /** What happened. */
  title: string;
  /** What to do. */
  remedy: string;
}

/** @param post the beginning of what it says; empty where it has no text */
export function explainNotice(cause: NoticeCause, about: NoticeAbout, post: string): NoticeWords {
  const it = post === '' ? 'a post without text' : `“${post}”`;
  const by = about.by ?? 'Somebody';
  switch (cause) {
    case 'approval:waiting':
      return explainAsk(about, it);
    case 'approval:changes-requested':
      return {
        headline: `${by} asks for changes to ${it}`,
        title: about.said ?? 'No comment was given.',
        remedy: 'Change the post, or ask for approval again.',
      };
    case 'approval:approved':
      return {
        headline: `${capital(it)} is approved`,
        title: 'Everybody who has to agree did.',
        remedy: 'Nothing is left to do: it goes out at its time.',
      };
    case 'approval:withdrawn':
      return {
        headline: `${capital(it)} was changed after you approved`,
        title: 'It says something else now, so your approval does not count for it.',
        remedy: 'Look at what changed. You are asked again when it is your turn.',
      };
    case 'comment:mention':
      return { headline: `${by} mentioned you on ${it}`, ...commentWords(about) };
    case 'comment:reply':
      return { headline: `${by} replied on ${it}`, ...commentWords(about) };
    case 'comment:client':
      return { headline: `${by}, a client, commented on ${it}`, ...commentWords(about) };
  }
}

function commentWords({ said }: NoticeAbout): Pick<NoticeWords, 'title' | 'remedy'> {
  return { title: said === undefined || said === '' ? 'A file was attached.' : said, remedy: 'Answer in the thread.' };
}

function explainAsk({ by, why, approvedBefore, inPlaceOf, step }: NoticeAbout, it: string): NoticeWords {
  const away =
    inPlaceOf && inPlaceOf.length > 0
      ? `You decide for ${listed(inPlaceOf)}, ${inPlaceOf.length > 1 ? 'who are' : 'who is'} away. `
      : '';
  const remedy = 'Look at it and decide.';
  const turn = `${away}Step: ${step ?? 'approval'}.`;
  switch (why ?? 'requested') {
    case 'requested':
      return {
        headline: by === undefined ? `${capital(it)} waits for your approval` : `${by} asks you to approve ${it}`,
        ...{ title: turn, remedy },
      };
    case 'changed':
      return approvedBefore
        ? {
            headline: `${capital(it)} was changed after you approved`,
            title: `${away}It says something else now and waits for you again.`,
            remedy: 'Look at what changed and decide.',
          }
        : { headline: `${capital(it)} was changed and waits for you`, title: turn, remedy };
    case 'reminder':
      return { headline: `${capital(it)} is due soon and still waits for you`, title: turn, remedy };
    case 'escalation':
      return {
        headline: `${capital(it)} is due soon and not approved`,
        title: `${away}Those who were asked have not decided yet, so you are asked too.`,
        remedy,
      };
  }
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function capital(text: string): string {
  return text.startsWith('a ') ? `A${text.slice(1)}` : text;
}
