import { Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Database, Problem, row, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import {
  type CallbackRequest,
  type PlatformCallbacks,
  type PlatformManifest,
  type PlatformNotice,
} from '#platforms/core';
import { ConnectionStore } from '../connection-store.js';
import { InstallationAppsService } from '../installation-apps.service.js';
import { CallbackApps, type OutsideAccount } from './callback-apps.js';
import { DeletionRequestsService } from './deletion-requests.service.js';
import { withdraw, withdrawn } from './withdrawal.js';

/** A platform that tells things of its own accord. */
interface Speaker {
  manifest: PlatformManifest;
  callbacks: PlatformCallbacks;
}

/** Acts on what platforms tell of their own accord, once it is certain that it is them. */
@Injectable()
export class PlatformCallbacksService {
  private readonly logger = new Logger(PlatformCallbacksService.name);

  constructor(
    private readonly database: Database,
    private readonly registry: PlatformRegistry,
    private readonly store: ConnectionStore,
    private readonly apps: CallbackApps,
    private readonly installation: InstallationAppsService,
    private readonly deletions: DeletionRequestsService,
  ) {}

  /** Somebody took the permission away. @throws Problem 404 for a platform that never says so, 400 for what it did not say */
  async deauthorize(platform: string, request: CallbackRequest): Promise<void> {
    const { manifest, callbacks } = this.speaker(platform, 'deauthorization');
    const account = await this.signer(manifest, (app) => callbacks.deauthorization?.(request, app));
    await this.database.engine(async (tx) => {
      if (await this.isNew(tx, 'deauthorize', platform, request)) await this.end(tx, manifest, account);
    });
  }

  /**
   * Somebody wants their data deleted. It is done before the answer where that works, and by a job where not.
   * @returns the code under which its page is found
   * @throws Problem 404 for a platform that never says so, 400 for what it did not say
   */
  async requestDeletion(platform: string, request: CallbackRequest): Promise<string> {
    const { manifest, callbacks } = this.speaker(platform, 'deletion');
    const account = await this.signer(manifest, (app) => callbacks.deletion?.(request, app));
    const { id, code } = await this.database.engine(async (tx) =>
      this.deletions.receive(tx, platform, account, await this.isNew(tx, 'data-deletion', platform, request)),
    );
    try {
      await this.deletions.carryOut(id);
    } catch (error) {
      this.logger.error({ err: error, requestId: id }, 'A deletion could not be done at once; it is tried again.');
    }
    return code;
  }

  /** What a platform wants to hear from an address that is ours. @throws Problem 404, 403 for a token that is not ours */
  challenge(platform: string, request: CallbackRequest): string {
    const { manifest, callbacks } = this.speaker(platform, 'challenge');
    for (const name of this.apps.names(manifest)) {
      for (const token of this.installation.verifyTokens(name)) {
        const answer = callbacks.challenge?.(request, token);
        if (answer !== undefined) return answer;
      }
    }
    throw Problem.forbidden('This is not the verify token of an app of this installation.');
  }

  /** News about accounts. Whatever ClickPost does not act upon is taken note of. @throws Problem 404, 400 */
  async notices(platform: string, request: CallbackRequest): Promise<void> {
    const { manifest, callbacks } = this.speaker(platform, 'notices');
    let notices: PlatformNotice[] = [];
    const signer = await this.signer(manifest, (app) => {
      const found = callbacks.notices?.(request, app);
      if (found) notices = found;
      return found && { accountId: '' };
    });
    const gone = new Set(notices.filter(({ kind }) => kind === 'account-gone').map(({ accountId }) => accountId));
    if (gone.size === 0) return;
    await this.database.engine(async (tx) => {
      if (!(await this.isNew(tx, 'webhook', platform, request))) return;
      for (const accountId of gone) await this.end(tx, manifest, { ...signer, accountId });
    });
  }

  private async end(tx: Transaction, { name }: PlatformManifest, account: OutsideAccount): Promise<void> {
    for (const connection of await this.apps.connections(tx, account)) {
      await withdraw(tx, this.store, connection, withdrawn(name));
    }
  }

  /** The app of this installation that signed, and whom it speaks of. Why none did is nobody's business. */
  private async signer(
    manifest: PlatformManifest,
    read: (app: OutsideApp) => { accountId: string } | undefined,
  ): Promise<OutsideAccount> {
    for (const { app, practice } of await this.apps.of(manifest)) {
      const account = read(app);
      if (account) return { practice, clientId: app.clientId, accountId: account.accountId };
    }
    throw new Problem('malformed-request', 'This request does not come from an app of this installation.');
  }

  /** False for what came already: platforms repeat what they are not sure of, and so may whoever overheard it. */
  private async isNew(tx: Transaction, kind: string, platform: string, { raw }: CallbackRequest): Promise<boolean> {
    const digest = createHash('sha256').update(`${kind}:${platform}:`).update(raw).digest('hex');
    const kept = await row(
      tx,
      'insert into platform_notices (digest, platform) values ($1, $2) on conflict do nothing returning digest',
      [digest, platform],
    );
    return kept !== undefined;
  }

  private speaker(platform: string, says: keyof PlatformCallbacks): Speaker {
    const adapter = this.registry.find(platform)?.adapter;
    if (!adapter?.callbacks?.[says]) throw Problem.notFound('No network tells this here.');
    return { manifest: adapter.manifest, callbacks: adapter.callbacks };
  }
}

type OutsideApp = Parameters<NonNullable<PlatformCallbacks['deletion']>>[1];

/** How long it is remembered what a platform told, in days: as long as nobody could tell it again to any effect. */
const KEEP_DAYS = 400;

/** Forgets what platforms told long ago. */
export async function forgetOldNews(database: Database): Promise<void> {
  await database.engine((tx) =>
    tx.query('delete from platform_notices where received_at < now() - make_interval(days => $1)', [KEEP_DAYS]),
  );
}
