import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config, Database, rows } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { tellOfExpiring } from './connection-events.js';
import { PlatformAccess } from './platform-access.js';
import { renewalPause } from './renewal.js';
import { TokenRefresh } from './token-refresh.js';

/** How many are renewed at the same time. */
const BATCH = 8;

/**
 * Renews tokens before they expire, so that no publication has to wait for it and a dead sign-in is known long before
 * something is due. Any number of workers may do it: each renewal takes its connection's lease.
 */
@Injectable()
export class TokenRenewal {
  private readonly logger = new Logger(TokenRenewal.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly registry: PlatformRegistry,
    private readonly access: PlatformAccess,
    private readonly tokens: TokenRefresh,
  ) {}

  /**
   * Renews whatever has come to its time, until `stopped` says to begin no more, and tells of what only a person can renew.
   * Returns how many were tried.
   */
  async renew(stopped: () => boolean = () => false): Promise<number> {
    const platforms = this.registry
      .all()
      .filter(({ adapter }) => adapter.refresh !== undefined)
      .map(({ adapter }) => adapter.manifest.id);
    let tried = 0;
    while (!stopped()) {
      const due = await this.database.engine((tx) => rows<{ id: string }>(tx, DUE, [platforms]));
      await Promise.all(due.map(({ id }) => this.renewOne(id)));
      tried += due.length;
      if (due.length < BATCH) break;
    }
    if (!stopped()) await this.database.engine((tx) => tellOfExpiring(tx, platforms));
    return tried;
  }

  /** One that cannot even be tried must not keep the others from it. */
  private async renewOne(connectionId: string): Promise<void> {
    try {
      const open = await this.database.engine((tx) => this.access.openConnection(tx, connectionId));
      if (!open) return;
      const outcome = await this.tokens.refresh(open, { timeoutMs: this.config.publish.timeoutMs });
      const failure = typeof outcome === 'object' && ('dead' in outcome ? outcome.dead : outcome.failed);
      if (failure) {
        const about = { connectionId, platform: open.connection.platform, kind: failure.kind };
        this.logger.warn(about, 'A sign-in could not be renewed ahead of its expiry.');
      }
    } catch (error) {
      this.logger.error({ err: error, connectionId }, 'Renewing a sign-in met something unexpected.');
      await this.database.engine((tx) => tx.query(LATER, [connectionId]));
    }
  }
}

/** $1 the platforms that can renew. What another process renews at this moment is left to it. */
const DUE = `
select id from connections
 where status = 'connected' and renew_at <= now() and platform = any($1)
   and (refresh_leased_until is null or refresh_leased_until < now())
 order by renew_at limit ${BATCH}`;

const LATER = `
update connections set renew_failures = renew_failures + 1, renew_at = now() + ${renewalPause('renew_failures')}
 where id = $1 and renew_at <= now()`;
