import { type Letter } from '#kernel';
import { type AskReason } from './asks.js';

/** What a client is asked for. */
export interface ClientAsk {
  why: AskReason;
  /** Who asked for the approval. */
  by: string;
  organization: string;
  workspace: string;
  /** The beginning of what the post says. */
  text: string;
  due: Date | undefined;
  /** IANA, in which the due time is said. */
  timeZone: string;
  /** By which they look and decide. */
  address: string;
}

/** A mail to somebody without an account who is asked to approve a post. */
export function clientLetter(ask: ClientAsk): Letter {
  const { by, organization, workspace, text, due, timeZone, address } = ask;
  return {
    subject: subjectOf(ask),
    paragraphs: [
      `${by} of ${organization} asks you to approve a post for ${workspace}.${changeOf(ask)}`,
      ...(text === '' ? [] : [`“${text}”`]),
      due ? `It is to be published on ${inWords(due, timeZone)}.` : 'It has no time yet at which it is published.',
      'You see it as it will be published, and approve it or say what should be different. You need no account.',
    ],
    action: { label: 'Look and decide', address },
    closing: [
      `You get this because ${organization} named you as somebody who approves posts for ${workspace}. The link is for you alone: whoever has it can decide in your name.`,
    ],
  };
}

function subjectOf({ why, by, workspace }: ClientAsk): string {
  switch (why) {
    case 'requested':
    case 'escalation':
      return `${by} asks you to approve a post for ${workspace}`;
    case 'changed':
      return `A post for ${workspace} was changed and waits for you`;
    case 'reminder':
      return `A post for ${workspace} is due soon and waits for you`;
  }
}

function changeOf({ why }: ClientAsk): string {
  return why === 'changed' ? ' It was changed since you were told of it last.' : '';
}

/** As people say it: "Monday, 4 May 2026 at 09:00 (Europe/Berlin)". */
function inWords(time: Date, timeZone: string): string {
  const words = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(time);
  return `${words} (${timeZone})`;
}
