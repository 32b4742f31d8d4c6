import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, type Clock, CONFIG, type Config, Database, rows, type Transaction, Vault, VaultError } from '#kernel';
import { type OAuthApp } from '#platforms/core';

/** How long what was read of the apps counts as fresh, in milliseconds. */
const FRESH_MS = 2_000;

/** A row of `platform_apps`. */
export interface StoredApp {
  name: string;
  client_id: string;
  sealed: string;
  updated_by: string;
  updated_at: Date;
}

/** What an operator entered, opened. */
export interface EnteredApp {
  stored: StoredApp;
  /** Undefined where the secret cannot be read any more. */
  app: OAuthApp | undefined;
}

/**
 * The installation's applications at platforms: those of the environment, and those that operators entered. What was entered
 * is read again before it is used, so that a changed secret counts in every process without a restart.
 */
@Injectable()
export class PlatformApps {
  private readonly logger = new Logger(PlatformApps.name);
  private entered: ReadonlyMap<string, EnteredApp> = new Map();
  private readAt = -Infinity;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** The app of this name as it was read last; a variable wins over what was entered. */
  find(name: string): OAuthApp | undefined {
    return this.config.oauthApps[name] ?? this.entered.get(name)?.app;
  }

  /** What was entered under this name, as it was read last. */
  enteredAs(name: string): EnteredApp | undefined {
    return this.entered.get(name);
  }

  /** Reads what was entered, unless that was done a moment ago. In the caller's transaction: it waits for no other one. */
  async read(tx: Transaction): Promise<void> {
    if (this.clock.monotonic() - this.readAt >= FRESH_MS) await this.readNow(tx);
  }

  /** Reads what was entered in any case: where somebody waits for the change. Never within another transaction. */
  async refresh(): Promise<void> {
    await this.database.engine((tx) => this.readNow(tx));
  }

  /** Encrypts a secret for storage under its app's name. */
  seal(name: string, clientSecret: string): Promise<string> {
    return this.vault.encrypt({ clientSecret }, purposeOf(name));
  }

  private async readNow(tx: Transaction): Promise<void> {
    const stored = await rows<StoredApp>(tx, 'select * from platform_apps order by name');
    const entered = await Promise.all(
      stored.map(async (one): Promise<[string, EnteredApp]> => [one.name, await this.open(one)]),
    );
    this.entered = new Map(entered);
    this.readAt = this.clock.monotonic();
  }

  private async open(stored: StoredApp): Promise<EnteredApp> {
    const { name, client_id: clientId, sealed } = stored;
    const known = this.entered.get(name);
    if (known?.stored.sealed === sealed && known.stored.client_id === clientId) return { ...known, stored };
    try {
      const { clientSecret } = await this.vault.decrypt<{ clientSecret: string }>(sealed, purposeOf(name));
      return { stored, app: { clientId, clientSecret } };
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      this.logger.error({ err: error, app: name }, 'The secret of an app cannot be read; enter it again.');
      return { stored, app: undefined };
    }
  }
}

function purposeOf(name: string): string {
  return `platform-app:${name}`;
}
