import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Database, rows } from '#kernel';
import { RECEIVED_FILES, type ReceivedFiles } from './received-files.js';
import { UploadChecks } from './upload-checks.js';
import { type UploadRecord } from './upload-record.js';
import { Uploads } from './uploads.js';

/** Nobody writes to it, and nobody looks at it. */
const FREE = '(leased_until is null or leased_until < now())';
const EVERY_MS = 60_000;
const BATCH = 200;

/** Takes up what a killed process left behind, and removes what nobody goes on with. Any number of processes may do it. */
@Injectable()
export class UploadSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(UploadSweep.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    @Inject(RECEIVED_FILES) private readonly files: ReceivedFiles,
    private readonly uploads: Uploads,
    private readonly checks: UploadChecks,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.sweepOrLog();
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.sweepOrLog());
    }, EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** One round. What fails is tried again in the next. */
  async sweep(): Promise<void> {
    for (const { id } of await this.find(`state = 'checking' and ${FREE}`)) {
      this.checks.start(id);
    }
    // Its last byte came, and its process died before it could say so.
    const silent = `state = 'receiving' and ${FREE} and expires_at > now()`;
    for (const record of await this.find(silent)) await this.uploads.resume(record);
    for (const { id } of await this.find(`received and state in ('done', 'refused') and ${FREE}`)) {
      await this.files.remove(id);
      await this.database.engine((tx) => tx.query('update uploads set received = false where id = $1', [id]));
    }
    const expired = `expires_at < now() and ${FREE}`;
    for (const { id } of await this.find(expired)) await this.uploads.forget(id);
  }

  private async sweepOrLog(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      this.logger.warn({ err: error }, 'Unfinished uploads could not be tidied up; that is tried again in a minute.');
    }
  }

  private find(condition: string): Promise<UploadRecord[]> {
    return this.database.engine((tx) =>
      rows<UploadRecord>(tx, `select * from uploads where ${condition} order by id limit ${BATCH}`),
    );
  }
}
