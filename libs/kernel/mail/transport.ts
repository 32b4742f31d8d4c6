import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { type MailConfig } from '../config/index.js';
import { type CheckedMail } from './letter.js';
import { renderLetter } from './render.js';

/** A way to the mail server. */
export interface MailTransport {
  /** Hands one mail over. Throws when the server does not take it, or does not say that it did. */
  send(id: string, mail: CheckedMail): Promise<void>;
  close(): void;
}

/** Then a mail server that says nothing is given up for this time, in milliseconds. */
const SEND_MS = 60_000;
const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
const CONNECTIONS = 3;

/** Opens the way to the configured server. The library is read only where there is one: most starts need none. */
export async function openTransport({ smtpUrl, from }: MailConfig): Promise<MailTransport> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    requireTLS: needsTls(new URL(smtpUrl)),
    // Nothing that stands in a mail makes this server read a file or load an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    send: async (id, { to, letter }) => {
      await transport.sendMail({
        from: { name: from.name, address: from.address },
        to: { name: to.name ?? '', address: to.address },
        // Said here, so that no header decides who gets it.
        envelope: { from: from.address, to: to.address },
        // The same at every try: a mailbox that was given it twice can tell.
        messageId: `<${id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...renderLetter(letter),
        signal: AbortSignal.timeout(SEND_MS),
      });
    },
    close: () => transport.close(),
  };
}

/** A password crosses no network in the clear: `smtp://` has to be upgraded, but for a server on this machine. */
function needsTls({ protocol, username, hostname }: URL): boolean {
  return protocol === 'smtp:' && username !== '' && !isThisMachine(hostname);
}

function isThisMachine(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || (isIP(host) !== 0 && ipaddr.process(host).range() === 'loopback');
}
