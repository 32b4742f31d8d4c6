import { type DestinationStream } from 'pino';

interface LoggedError {
  message?: string;
  stack?: string;
  cause?: LoggedError;
}

interface Entry {
  level: string;
  time: string;
  msg?: string;
  context?: string;
  err?: LoggedError;
  [field: string]: unknown;
}

/** Turns the logger's JSON lines into `14:03:07 WARN  [Dispatcher] database is slow  waitedMs=812`. */
export function readable(destination: DestinationStream): DestinationStream {
  return { write: (line) => destination.write(`${toLine(JSON.parse(line) as Entry)}\n`) };
}

function toLine({ level, time, msg, context, err, ...fields }: Entry): string {
  const head = [
    new Date(time).toTimeString().slice(0, 8),
    level.toUpperCase().padEnd(5),
    ...(context === undefined ? [] : [`[${context}]`]),
    msg ?? err?.message ?? '',
  ].join(' ');
  const details = Object.entries(fields).map(([name, value]) => `${name}=${toText(value)}`);
  const line = details.length === 0 ? head : `${head}  ${details.join(' ')}`;
  return err === undefined ? line : `${line}\n${toStory(err).replaceAll(/^/gm, '    ')}`;
}

/** Stacks from the outermost error to the innermost. */
function toStory({ stack, message, cause }: LoggedError): string {
  const own = stack ?? message ?? '';
  return cause === undefined ? own : `${own}\ncaused by ${toStory(cause)}`;
}

function toText(value: unknown): string {
  return typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value);
}
