import { Inject, Injectable } from '@nestjs/common';
import { type Operator, recordAppChange } from '#accounts';
import { CLOCK, type Clock, CONFIG, type Config, Database, type FieldError, Problem, row, Vault } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type Platform, type PlatformManifest } from '#platforms/core';
import { type VersionStanding, versionStanding } from './api-versions.js';
import { type BudgetStanding } from './budget-book.js';
import { Budgets } from './budgets.js';
import { PlatformAccess } from './platform-access.js';
import { appNameOf, appNamesOf, variableOf, waysOf } from './app-names.js';
import { PlatformApps } from './platform-apps.js';
import { type PlatformOption, platformOptions } from './platform-options.js';

/** Longer than any id or secret that a platform gives out, in characters. */
export const CLIENT_ID_MAX = 500;
export const CLIENT_SECRET_MAX = 2_000;

/** A platform that is connected with an app. */
export interface AppUse {
  id: string;
  name: string;
  /** Labels of the ways that use it, where the platform has several. */
  ways: string[];
  /** Of a platform with several apps, told with the first; null where its requests name none. */
  apiVersion: VersionStanding | null;
  /** Likewise. */
  options: PlatformOption[];
  /** What is used today of what the platform allows the app; empty where it counts nothing by the day. */
  budgets: BudgetStanding[];
}

/** What to enter at the platform so that it tells this installation of people who leave. */
export interface AppCallbacks {
  deauthorize: string | null;
  dataDeletion: string | null;
  webhook: string | null;
  /** What the platform has to repeat when it checks the webhook's address. */
  verifyToken: string | null;
}

/** An app of this installation at a platform, as operators see it. Never its secret. */
export interface InstallationApp {
  name: string;
  /** What people call it: the platform whose app it is. */
  title: string;
  platforms: AppUse[];
  set: boolean;
  /** What counts: a variable of the environment wins over what was entered. */
  setBy: 'environment' | 'operator' | null;
  clientId: string | null;
  /** Something was entered whose secret cannot be read any more: it has to be entered again. */
  unreadable: boolean;
  /** Who entered it last, and when; null where nobody did. */
  entered: { by: string; at: Date } | null;
  /** The variables that set it. */
  variables: { id: string; secret: string };
  /** Where the platform sends people back to. */
  redirectUris: string[];
  callbacks: AppCallbacks;
}

/** Whether a network can be connected here, by one of its ways. */
export interface WaySetup {
  platform: string;
  /** Null where there is only one. */
  way: string | null;
  app: string;
  set: boolean;
}

/** The apps of the installation, for those who run it. */
@Injectable()
export class InstallationAppsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly database: Database,
    private readonly registry: PlatformRegistry,
    private readonly apps: PlatformApps,
    private readonly vault: Vault,
    private readonly access: PlatformAccess,
    private readonly budgets: Budgets,
  ) {}

  /** Every app that a manifest asks for, in the order of the platforms. */
  async list(): Promise<InstallationApp[]> {
    await this.apps.refresh();
    return Promise.all(this.names().map((name) => this.view(name)));
  }

  /** Which networks can be connected here. For whoever connects one: nothing of the apps is told. */
  async setup(): Promise<WaySetup[]> {
    await this.apps.refresh();
    return this.registry.manifests().flatMap((manifest) => {
      if (manifest.connect.type !== 'oauth') return [];
      const ways = waysOf(manifest);
      return (ways.length > 0 ? ways.map(({ id }) => id) : [null]).map((way) => {
        const app = appNameOf(manifest, way);
        return { platform: manifest.id, way, app, set: this.apps.find(app) !== undefined };
      });
    });
  }

  /**
   * Enters an app, or replaces what was entered. It counts at once, in every process.
   * @throws Problem 404 for a name that no manifest asks for, 409 where a variable sets it, 422 for what cannot be one
   */
  async enter(operator: Operator, name: string, clientId: string, clientSecret: string): Promise<InstallationApp> {
    this.requireOpen(name);
    const given = { clientId: clientId.trim(), clientSecret: clientSecret.trim() };
    const errors = [
      ...problemsOf('clientId', 'The app id', given.clientId, CLIENT_ID_MAX),
      ...problemsOf('clientSecret', 'The app secret', given.clientSecret, CLIENT_SECRET_MAX),
    ];
    if (errors.length > 0) throw Problem.validation(errors);
    const sealed = await this.apps.seal(name, given.clientSecret);
    await this.database.engine(async (tx) => {
      await tx.query(
        `insert into platform_apps (name, client_id, sealed, updated_by) values ($1, $2, $3, $4)
         on conflict (name) do update set client_id = excluded.client_id, sealed = excluded.sealed,
           updated_by = excluded.updated_by, updated_at = now()`,
        [name, given.clientId, sealed, operator.email.slice(0, 200)],
      );
      await recordAppChange(tx, 'app-set', { operator: operator.email, name });
    });
    await this.apps.refresh();
    return this.view(name);
  }

  /** Takes away what was entered. @throws Problem 404 where nothing was, 409 where a variable sets the app */
  async remove(operator: Operator, name: string): Promise<void> {
    this.requireOpen(name);
    await this.database.engine(async (tx) => {
      const removed = await row(tx, 'delete from platform_apps where name = $1 returning name', [name]);
      if (!removed) throw Problem.notFound('Nobody has entered this app, so there is nothing to remove.');
      await recordAppChange(tx, 'app-removed', { operator: operator.email, name });
    });
    await this.apps.refresh();
  }

  /** What a platform has to repeat when it checks the address of an app's webhook; the present one first. */
  verifyTokens(name: string): [string, ...string[]] {
    const [current = '', ...earlier] = this.vault
      .deriveKeys(`webhook-verify:${name}`)
      .map((key) => Buffer.from(key).toString('base64url'));
    return [current, ...earlier];
  }

  private names(): string[] {
    return [...new Set(this.registry.manifests().flatMap(appNamesOf))];
  }

  private requireOpen(name: string): void {
    if (!this.names().includes(name)) throw Problem.notFound('No network of this installation asks for such an app.');
    if (!this.config.oauthApps[name]) return;
    const variable = variableOf(name);
    throw Problem.conflict(
      `${variable}_APP_ID and ${variable}_APP_SECRET set this app. Change it there, or take them away first.`,
    );
  }

  private async view(name: string): Promise<InstallationApp> {
    const users = this.registry.all().filter(({ adapter }) => appNamesOf(adapter.manifest).includes(name));
    const own = users.find(({ adapter }) => adapter.manifest.id === name) ?? users[0];
    const entered = this.apps.enteredAs(name);
    const byEnvironment = this.config.oauthApps[name];
    const app = this.apps.find(name);
    const variable = variableOf(name);
    return {
      name,
      title: titleOf(name, own?.adapter.manifest),
      platforms: await Promise.all(users.map(({ adapter }) => this.useOf(adapter.manifest, name))),
      set: app !== undefined,
      setBy: byEnvironment ? 'environment' : app ? 'operator' : null,
      clientId: byEnvironment?.clientId ?? entered?.stored.client_id ?? null,
      unreadable: !byEnvironment && entered !== undefined && entered.app === undefined,
      entered: entered ? { by: entered.stored.updated_by, at: entered.stored.updated_at } : null,
      variables: { id: `${variable}_APP_ID`, secret: `${variable}_APP_SECRET` },
      redirectUris: this.redirectUris(name, users),
      callbacks: this.callbacks(name, own),
    };
  }

  private async useOf(manifest: PlatformManifest, name: string): Promise<AppUse> {
    const { id, apiVersion } = manifest;
    const ways = waysOf(manifest).filter(({ app }) => app === name);
    const first = appNamesOf(manifest)[0] === name;
    return {
      id,
      name: manifest.name,
      ways: ways.map(({ label }) => label),
      apiVersion: first && apiVersion ? versionStanding(id, apiVersion, this.clock.now()) : null,
      options: first ? platformOptions(manifest, this.registry.options(id)) : [],
      budgets: await this.budgets.standings(
        this.access.budgetOwner(manifest, false, ways[0]?.id),
        manifest.budgets ?? [],
      ),
    };
  }

  private redirectUris(name: string, users: readonly Platform[]): string[] {
    const signIn = this.registry.find(SIGNS_IN)?.adapter.manifest;
    return [
      ...users.map(({ adapter }) => `${this.config.publicUrl}/v1/oauth/${adapter.manifest.id}/callback`),
      ...(signIn && appNameOf(signIn) === name ? [`${this.config.publicUrl}/v1/auth/${SIGNS_IN}/callback`] : []),
    ];
  }

  /** A platform knows one address of each kind for an app, whichever networks use it. */
  private callbacks(name: string, own: Platform | undefined): AppCallbacks {
    const callbacks = own?.adapter.callbacks;
    const address = (kind: string) =>
      `${this.config.publicUrl}/v1/platforms/${own?.adapter.manifest.id ?? name}/callbacks/${kind}`;
    const webhook = callbacks?.notices !== undefined;
    return {
      deauthorize: callbacks?.deauthorization ? address('deauthorize') : null,
      dataDeletion: callbacks?.deletion ? address('data-deletion') : null,
      webhook: webhook ? address('webhook') : null,
      // Asked for by those alone that check the address with it.
      verifyToken: callbacks?.challenge ? this.verifyTokens(name)[0] : null,
    };
  }
}

/** The platform that people may also sign in with. */
const SIGNS_IN = 'facebook';

/**
 * The platform whose app it is; with the way, where that is one of several apps of the platform; the company, where its
 * networks share an app that is none of them: `google` → `Google`.
 */
function titleOf(name: string, manifest: PlatformManifest | undefined): string {
  if (manifest?.id === name) return manifest.name;
  const ways = (manifest ? waysOf(manifest) : []).filter(({ app }) => app === name);
  if (manifest && ways.length > 0) return [manifest.name, ...ways.map(({ label }) => label)].join(': ');
  return name.replaceAll(/(?:^|-)[a-z]/g, (letter) => letter.replace('-', ' ').toUpperCase());
}

function problemsOf(field: string, what: string, value: string, max: number): FieldError[] {
  const remedy = 'Copy it from the app’s page at the platform.';
  if (value === '') return [{ field, rule: 'required', message: `${what} is missing.`, remedy }];
  if (value.length > max) return [{ field, rule: 'too-long', message: `${what} is too long to be one.`, remedy }];
  if (/\s/.test(value)) return [{ field, rule: 'format', message: `${what} has no spaces in it.`, remedy }];
  return [];
}
