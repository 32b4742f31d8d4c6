import { hostname, userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { installationLog, installationPause, PAUSE_REASON_MAX, pauseInstallation, resumeInstallation } from '#accounts';
import { type Database } from '#kernel';

/** What the program answers: what it says, and its exit code (0 done, 2 not understood). */
export interface Operated {
  said: string;
  code: 0 | 2;
}

/** What the operator asked for. */
export interface Order {
  command: 'pause' | 'resume' | 'status';
  operator: string;
  reason: string | undefined;
}

const USAGE = `Usage: npm run --silent operator -- <command> [--reason "…"] [--by name]

  pause    Hold everything of every organization. What is being published at this moment goes out.
  resume   Let it go again. What became too late meanwhile is held until a person decides.
  status   Say whether it is paused, since when and why, and what operators did last.

  --reason  Shown to everybody who uses this installation, at most ${PAUSE_REASON_MAX} characters.
  --by      Who does it; the account of this machine when left out.
`;

/** Reads the command line. An answer where nothing can be done with it. */
export function readOrder(args: readonly string[]): Order | Operated {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { reason: { type: 'string' }, by: { type: 'string' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    return { said: `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, code: 2 };
  }
  const { values, positionals } = parsed;
  if (values.help) return { said: USAGE, code: 0 };
  const [command, ...rest] = positionals;
  if (rest.length > 0 || (command !== 'pause' && command !== 'resume' && command !== 'status')) {
    return { said: `Name one command: pause, resume or status.\n\n${USAGE}`, code: 2 };
  }
  const reason = values.reason?.trim() || undefined;
  if (reason !== undefined && reason.length > PAUSE_REASON_MAX) {
    return {
      said: `The reason has ${reason.length} characters; at most ${PAUSE_REASON_MAX} are kept. Shorten it.\n`,
      code: 2,
    };
  }
  const operator = (values.by?.trim() || `${userInfo().username}@${hostname()}`).slice(0, 200);
  return { command, operator, reason };
}

/** Carries an order out, and says what is so afterwards. */
export async function operate(database: Database, { command, operator, reason }: Order): Promise<Operated> {
  switch (command) {
    case 'pause': {
      const { since } = await pauseInstallation(database, { operator, reason });
      return done(`This installation is paused since ${since?.toISOString()}. Nothing goes out until it is resumed.\n`);
    }
    case 'resume': {
      const resumed = await resumeInstallation(database, { operator, reason });
      return done(resumed ? 'This installation publishes again.\n' : 'It was not paused. Nothing has changed.\n');
    }
    case 'status':
      return done(await status(database));
  }
}

async function status(database: Database): Promise<string> {
  const { since, reason } = await database.engine(installationPause);
  const now = since
    ? `Paused since ${since.toISOString()}${reason === null ? '' : `: ${reason}`}`
    : 'Not paused: what is due goes out.';
  const log = await installationLog(database);
  const lines = log.map(
    (entry) =>
      `  ${entry.at.toISOString()}  ${entry.kind} by ${entry.operator}${entry.reason ? `: ${entry.reason}` : ''}`,
  );
  return `${[now, ...lines].join('\n')}\n`;
}

function done(said: string): Operated {
  return { said, code: 0 };
}
