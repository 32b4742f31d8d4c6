import { QueryRunnerAlreadyReleasedError } from 'typeorm';

/** Whether an error passes by itself: the server went away or was restarted, or two transactions stood in each other's way. */
export function isOutage(error: unknown): boolean {
  // TypeORM gives a connection back when it breaks between two statements, and knows the next one only as sent to nobody.
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  const { code, message } = causeOf(error);
  // https://www.postgresql.org/docs/current/errcodes-appendix.html: connection, resources, shutdown, deadlock, serialization
  if (typeof code === 'string' && /^(08...|25P03|53...|57P0[1-5]|40P01|40001|ECONN\w+|EPIPE|ETIMEDOUT)$/.test(code))
    return true;
  // node-postgres gives no code to a connection that broke in the middle.
  return (
    typeof message === 'string' &&
    /^Connection terminated|^timeout (exceeded when trying to connect|expired)$|is not queryable$/i.test(message)
  );
}

/** Whether the server itself gave a transaction up in favour of another: nothing of it was written. */
export function isRolledBack(error: unknown): boolean {
  const { code } = causeOf(error);
  return code === '40P01' || code === '40001';
}

function causeOf(error: unknown): { code?: unknown; message?: unknown } {
  return (error as { driverError?: unknown } | undefined)?.driverError ?? error ?? {};
}
