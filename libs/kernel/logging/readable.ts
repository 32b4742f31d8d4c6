import { type DestinationStream } from 'pino';

interface Entry {
  level: string;
  time: string;
  msg?: string;
  context?: string;
  err?: { message?: string; stack?: string };
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
  return err?.stack === undefined ? line : `${line}\n${err.stack.replaceAll(/^/gm, '    ')}`;
}

function toText(value: unknown): string {
  return typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value);
}
