import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, rows, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type OAuthApp, type PlatformManifest } from '#platforms/core';
import { appNameOf, appNamesOf, waysOf } from '../app-names.js';
import { PlatformAccess } from '../platform-access.js';
import { PlatformApps } from '../platform-apps.js';
import { type ConnectionRecord } from '../records.js';

/** An app that may have signed what a platform says. */
export interface SigningApp {
  name: string;
  app: OAuthApp;
  /** The practice network's own: what it says concerns practice connections alone. */
  practice: boolean;
}

/** Somebody at a platform, as the app knows them that signed. */
export interface OutsideAccount {
  practice: boolean;
  clientId: string;
  accountId: string;
}

/** Knows which apps may speak for a platform, and which connections were made with one of them. */
@Injectable()
export class CallbackApps {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly registry: PlatformRegistry,
    private readonly access: PlatformAccess,
    private readonly apps: PlatformApps,
  ) {}

  /** Every app with which this platform may be connected; the practice one only while practice networks are on. */
  async of(manifest: PlatformManifest): Promise<SigningApp[]> {
    await this.apps.refresh();
    const practices = this.config.sandbox.enabled ? [true, false] : [false];
    const found = waysIn(manifest).flatMap((way) =>
      practices.flatMap((practice) => {
        const app = this.access.app(manifest, practice, way);
        return app ? [{ name: appNameOf(manifest, way), app, practice }] : [];
      }),
    );
    return found.filter(
      ({ app, practice }, index) =>
        found.findIndex((one) => one.practice === practice && one.app.clientId === app.clientId) === index,
    );
  }

  /** Under which names operators enter the apps of a platform. */
  names(manifest: PlatformManifest): string[] {
    return appNamesOf(manifest);
  }

  /**
   * The connections of an account that were made with the app, whichever organization and network they are of: one app may
   * serve several networks. Locked until the transaction ends, in the order in which everybody locks several.
   * @param tx of the engine
   */
  async connections(tx: Transaction, { practice, clientId, accountId }: OutsideAccount): Promise<ConnectionRecord[]> {
    const made = this.registry.manifests().flatMap((manifest) => {
      const ways = waysIn(manifest).filter((way) => this.access.app(manifest, practice, way)?.clientId === clientId);
      // One that was made before the network had several ways was made in its first.
      const first = ways.includes(waysIn(manifest)[0] ?? null) ? [null] : [];
      return [...new Set([...ways, ...first])].map((way) => ({ platform: manifest.id, way }));
    });
    return rows<ConnectionRecord>(
      tx,
      `select c.* from connections c
        where c.account_id = $1 and c.practice = $2 and exists (
          select 1 from jsonb_to_recordset($3::jsonb) as k(platform text, way text)
           where k.platform = c.platform and k.way is not distinct from c.way)
        order by c.id for update`,
      [accountId, practice, JSON.stringify(made)],
    );
  }

  /** Whether people sign in to ClickPost with this app as well. */
  signsIn({ practice, clientId }: Pick<OutsideAccount, 'practice' | 'clientId'>): boolean {
    const manifest = this.registry.find('facebook')?.adapter.manifest;
    return manifest !== undefined && this.access.app(manifest, practice)?.clientId === clientId;
  }
}

/** The ids of a network's ways; null stands for the only one. None for a network that knows no apps. */
function waysIn(manifest: PlatformManifest): (string | null)[] {
  if (manifest.connect.type !== 'oauth') return [];
  const ways = waysOf(manifest).map(({ id }) => id);
  return ways.length > 0 ? ways : [null];
}
