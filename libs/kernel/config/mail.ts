import { type Environment } from './environment.js';
import { redactSecrets } from './redact-secrets.js';

/** How mail leaves the installation. */
export interface MailConfig {
  /** With the user name and password that the server asks for. */
  smtpUrl: string;
  from: { name: string; address: string };
}

const FROM = /^(?:(?<name>[^<>\p{C}]*)<(?<inner>[^<>]+)>|(?<plain>[^<>]+))$/u;
const ADDRESS = /^[^\p{C}\p{Z}<>(),;:\\"@]+@[^\p{C}\p{Z}<>(),;:\\"@]+$/u;

/**
 * @returns undefined where mail is not sent
 * @throws ConfigError where only one of both is set, or is wrong
 */
export function readMail(from: Environment): MailConfig | undefined {
  const smtpUrl = from.url('SMTP_URL', ['smtp', 'smtps']);
  const sender = from.text('MAIL_FROM');
  if (smtpUrl === undefined) {
    if (sender !== undefined) throw from.wrong('SMTP_URL', 'is missing although MAIL_FROM is set');
    return undefined;
  }
  if (new URL(smtpUrl).hostname === '') throw from.wrong('SMTP_URL', 'names no mail server');
  const text = from.required('MAIL_FROM', 'SMTP_URL is set, and every mail has a sender');
  const { name = '', inner, plain } = FROM.exec(text)?.groups ?? {};
  const address = (inner ?? plain ?? '').trim();
  if (!ADDRESS.test(address)) {
    throw from.wrong('MAIL_FROM', `is "${text}", but must be an address, or a name with the address in <>`);
  }
  const unquoted = name.trim().replace(/^"(.*)"$/u, '$1');
  return redactSecrets({ smtpUrl, from: { name: unquoted || 'ClickPost', address } }, ['smtpUrl']);
}
