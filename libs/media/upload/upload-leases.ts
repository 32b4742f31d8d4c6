import { randomUUID } from 'node:crypto';
import { type Database, row } from '#kernel';

/** Whoever falls silent for so long has lost its upload to the next. */
const LEASE_SECONDS = 15;
const RENEW_EVERY_MS = 5_000;

/** Keeps two processes from writing to an upload, or checking it, at the same time. */
export class UploadLeases {
  constructor(private readonly database: Database) {}

  /** Undefined while somebody else holds it, or where there is no such upload. */
  async take(uploadId: string): Promise<UploadLease | undefined> {
    const id = randomUUID();
    const taken = await this.database.engine((tx) =>
      row<{ id: string }>(
        tx,
        `update uploads set lease = $2, leased_until = now() + make_interval(secs => $3)
          where id = $1 and (lease is null or leased_until < now()) returning id`,
        [uploadId, id, LEASE_SECONDS],
      ),
    );
    return taken && new UploadLease(this.database, uploadId, id);
  }
}

/** Held until it is released, or its process has fallen silent. */
export class UploadLease {
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly database: Database,
    private readonly uploadId: string,
    /** As it stands in the row. */
    readonly id: string,
  ) {
    this.timer = setInterval(() => {
      // Where the database cannot be asked the lease runs out; whatever is written under it is guarded.
      this.renew().catch(() => undefined);
    }, RENEW_EVERY_MS);
    this.timer.unref();
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.database.engine((tx) =>
      tx.query('update uploads set lease = null, leased_until = null where id = $1 and lease = $2', [
        this.uploadId,
        this.id,
      ]),
    );
  }

  private async renew(): Promise<void> {
    await this.database.engine((tx) =>
      tx.query('update uploads set leased_until = now() + make_interval(secs => $3) where id = $1 and lease = $2', [
        this.uploadId,
        this.id,
        LEASE_SECONDS,
      ]),
    );
  }
}
