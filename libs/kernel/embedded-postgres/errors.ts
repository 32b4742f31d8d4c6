/** The embedded database cannot be prepared or started. The message says what happened, in PostgreSQL's own words where it has any, and the remedy. */
export class EmbeddedPostgresError extends Error {
  override readonly name: string = 'EmbeddedPostgresError';
}

/** Another living process runs ClickPost on the same data. Nothing was changed. */
export class AlreadyRunningError extends EmbeddedPostgresError {
  override readonly name = 'AlreadyRunningError';

  constructor(
    /** The process that holds the data. */
    readonly pid: number,
    /** The folder that both were started on. */
    readonly dataDirectory: string,
  ) {
    super(
      `ClickPost is already running on ${dataDirectory} (process ${pid}). Stop that process first, or set DATA_DIR to another folder.`,
    );
  }
}

/** The system's code of a failed call (`ENOENT`, `EACCES` ...), if it has one. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
