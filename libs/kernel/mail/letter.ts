/** What a mail says. The kernel gives it its looks, as text and as HTML. */
export interface Letter {
  /** One line. */
  subject: string;
  /** Plain text; a line break inside one stays a line break. */
  paragraphs: string[];
  /** The one thing to do, as a button: its words and a web address. */
  action?: { label: string; address: string };
  /** Smaller, below: how long the link works, why the mail was sent. */
  closing?: string[];
}

/** Who gets it. */
export interface Recipient {
  address: string;
  /** Given by people, so it may hold anything. */
  name?: string;
}

/** A mail that cannot be written. A fault of the program: what people type is checked long before. */
export class MailError extends Error {
  override readonly name = 'MailError';
}

const SUBJECT_MAX = 200;
const NAME_MAX = 100;
const ADDRESS = /^[^\p{C}\p{Z}<>(),;:\\"@]{1,64}@[^\p{C}\p{Z}<>(),;:\\"@]{1,253}$/u;
/** Ends of lines and everything invisible, such as what turns the direction of writing. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** A mail as it may be kept: what would stand in its header is of one line. */
export interface CheckedMail {
  to: Recipient;
  letter: Letter;
}

/**
 * Makes what people wrote fit for a header, so that no name and no subject adds a line to it.
 * @throws MailError for an address that is none, of a person or behind the button
 */
export function checkedMail(to: Recipient, letter: Letter): CheckedMail {
  if (!isMailAddress(to.address)) throw new MailError('A mail needs an address like name@example.com.');
  if (letter.action && !isWebAddress(letter.action.address)) {
    throw new MailError('The button of a mail leads to an address that begins with https:// or http://.');
  }
  const name = oneLine(to.name ?? '', NAME_MAX);
  return {
    to: { address: to.address, ...(name !== '' && { name }) },
    letter: { ...letter, subject: oneLine(letter.subject, SUBJECT_MAX) || 'ClickPost' },
  };
}

/** Whether it is one plain address, without a name, a comment or a second one. */
export function isMailAddress(text: string): boolean {
  return ADDRESS.test(text);
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol);
}

function oneLine(text: string, max: number): string {
  const line = text.replace(INVISIBLE, ' ').replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : line;
}
