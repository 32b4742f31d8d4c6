import { hostname, userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { validate as isId } from 'uuid';
import { PAUSE_REASON_MAX } from '#accounts';
import { type Operated } from './connect.js';

/** What an operator may read of an organization. Credentials are not among it. */
export const READABLE = ['publications', 'log', 'connections', 'members'] as const;
export type Readable = (typeof READABLE)[number];

/** What the operator asked for. */
export type Order =
  | { command: 'pause' | 'resume' | 'status'; operator: string; reason: string | undefined }
  | { command: 'organizations'; operator: string; reason: string; name: string }
  | { command: 'read'; operator: string; reason: string; organizationId: string; what: Readable; limit: number };

/** Rows that are read when nothing else is said, and at the most. */
const LIMIT = 50;
const LIMIT_MAX = 1000;
const NAME_MIN = 2;

const USAGE = `Usage: npm run --silent operator -- <command> [--reason "…"] [--by name]

  pause    Hold everything of every organization. What is being published at this moment goes out.
  resume   Let it go again. What became too late meanwhile is held until a person decides.
  status   Say whether it is paused, since when and why, and what operators did last.

  organizations --name <part of the name> --reason "…"
           Find organizations and their ids.
  read     --organization <id> --what ${READABLE.join('|')} --reason "…" [--limit ${LIMIT}]
           Read what belongs to a customer. Credentials are never shown.

  --reason  Of a pause: shown to everybody who uses this installation. Of reading: needed, and shown to that customer in
            their audit log. At most ${PAUSE_REASON_MAX} characters.
  --by      Who does it; the account of this machine when left out.
`;

const OPTIONS = {
  reason: { type: 'string' },
  by: { type: 'string' },
  name: { type: 'string' },
  organization: { type: 'string' },
  what: { type: 'string' },
  limit: { type: 'string' },
  help: { type: 'boolean' },
} as const;

type Values = Partial<Record<Exclude<keyof typeof OPTIONS, 'help'>, string>>;

/** Reads the command line. An answer where nothing can be done with it. */
export function readOrder(args: readonly string[]): Order | Operated {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    return misunderstood(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return { said: USAGE, code: 0 };
  const [command, ...rest] = positionals;
  const reason = values.reason?.trim() || undefined;
  if (reason !== undefined && reason.length > PAUSE_REASON_MAX) {
    const said = `The reason has ${reason.length} characters; at most ${PAUSE_REASON_MAX} are kept. Shorten it.\n`;
    return { said, code: 2 };
  }
  const operator = (values.by?.trim() || `${userInfo().username}@${hostname()}`).slice(0, 200);
  if (rest.length > 0) return misunderstood('Name one command.');
  switch (command) {
    case 'pause':
    case 'resume':
    case 'status':
      return { command, operator, reason };
    case 'organizations':
      return withReason(reason, (given) => findOrder(values, { operator, reason: given }));
    case 'read':
      return withReason(reason, (given) => readingOrder(values, { operator, reason: given }));
    default:
      return misunderstood('Name one command: pause, resume, status, organizations or read.');
  }
}

/** Nobody looks into a customer's organization without saying why. */
function withReason(reason: string | undefined, order: (reason: string) => Order | Operated): Order | Operated {
  if (reason !== undefined) return order(reason);
  return misunderstood('Say why, with --reason "…": the customer sees it in their audit log.');
}

function findOrder({ name }: Values, by: { operator: string; reason: string }): Order | Operated {
  const wanted = name?.trim() ?? '';
  if (wanted.length < NAME_MIN) return misunderstood(`Give at least ${NAME_MIN} letters of the name, with --name.`);
  return { command: 'organizations', ...by, name: wanted };
}

function readingOrder(
  { organization, what, limit }: Values,
  by: { operator: string; reason: string },
): Order | Operated {
  if (!isId(organization)) return misunderstood('Give the id of the organization, with --organization.');
  const wanted = READABLE.find((one) => one === what);
  if (!wanted) return misunderstood(`Say what to read, with --what: ${READABLE.join(', ')}.`);
  const count = limit === undefined ? LIMIT : Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > LIMIT_MAX) {
    return misunderstood(`--limit is a whole number from 1 to ${LIMIT_MAX}.`);
  }
  return { command: 'read', ...by, organizationId: organization ?? '', what: wanted, limit: count };
}

function misunderstood(why: string): Operated {
  return { said: `${why}\n\n${USAGE}`, code: 2 };
}
