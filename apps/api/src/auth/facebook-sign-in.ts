import { Inject, Injectable } from '@nestjs/common';
import { type Request } from 'express';
import { type Profile, Strategy as FacebookStrategy } from 'passport-facebook';
import { type IdentityProvider, type OutsideIdentity } from '#accounts';
import { PlatformAccess, runStrategy } from '#channels';
import { CONFIG, type Config, Database, Problem } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type PlatformManifest } from '#platforms/core';

const TIMEOUT_MS = 15_000;

/** What ties the way back from Facebook to the way there. */
export interface OutsideSecrets {
  /** Comes back with the answer. */
  state: string;
  /** Never told to the browser. */
  codeVerifier: string;
}

/** Why nobody came of a sign-in at Facebook. */
export class FacebookDeclined extends Error {
  override readonly name = 'FacebookDeclined';
}

/** Signing in with Facebook, at the real one where the installation has an app there, else at the practice network. */
@Injectable()
export class FacebookSignIn {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly registry: PlatformRegistry,
    private readonly access: PlatformAccess,
    private readonly database: Database,
  ) {}

  /** Who vouches, as the apps of this installation are by now; undefined where nobody can sign in so. */
  async provider(): Promise<IdentityProvider | undefined> {
    const found = this.registry.find('facebook');
    if (!found) return undefined;
    await this.database.engine((tx) => this.access.readApps(tx));
    if (this.access.app(found.adapter.manifest, false)) return 'facebook';
    return this.config.sandbox.enabled ? 'facebook-practice' : undefined;
  }

  /** The same. @throws Problem 404 where nobody can sign in so */
  async required(): Promise<IdentityProvider> {
    const provider = await this.provider();
    if (provider) return provider;
    throw Problem.notFound('Nobody signs in with Facebook here.');
  }

  /** The address of the consent page. */
  async consentPage(secrets: OutsideSecrets): Promise<string> {
    const strategy = this.strategy(await this.required(), ignore);
    const outcome = await runStrategy(strategy, { query: {} } as Request, secrets, TIMEOUT_MS);
    if (outcome.type !== 'redirect') throw new Error('The strategy did not ask for consent.');
    return outcome.url;
  }

  /** Who comes back. @throws FacebookDeclined when they did not agree, or Facebook did not accept the sign-in */
  async identify(request: Request, codeVerifier: string): Promise<OutsideIdentity> {
    const provider = await this.required();
    let profile: Profile | undefined;
    const strategy = this.strategy(provider, (found) => {
      profile = found;
    });
    const outcome = await runStrategy(strategy, request, { codeVerifier }, TIMEOUT_MS);
    if (outcome.type !== 'success' || !profile) {
      throw new FacebookDeclined(outcome.type, outcome.type === 'error' ? { cause: outcome.error } : {});
    }
    const email = profile.emails?.[0]?.value ?? null;
    return { provider, externalId: profile.id, name: profile.displayName, email };
  }

  private strategy(provider: IdentityProvider, identified: (profile: Profile) => void): FacebookStrategy {
    const practice = provider === 'facebook-practice';
    const { manifest } = this.registry.get('facebook').adapter;
    const app = this.access.app(manifest, practice);
    if (!app) throw Problem.notFound('Nobody signs in with Facebook here.');
    const version = graphVersionOf(manifest);
    const { www, graph } = this.access.endpoints(manifest, practice);
    return new FacebookStrategy(
      {
        ...{ clientID: app.clientId, clientSecret: app.clientSecret, enableProof: true },
        callbackURL: `${this.config.publicUrl}/v1/auth/facebook/callback`,
        authorizationURL: `${www}/${version}/dialog/oauth`,
        tokenURL: `${graph}/${version}/oauth/access_token`,
        profileURL: `${graph}/${version}/me`,
        graphAPIVersion: version,
        scope: ['email'],
        profileFields: ['id', 'displayName', 'emails'],
      },
      (_accessToken, _refreshToken, profile, done) => {
        identified(profile);
        done(null, profile);
      },
    );
  }
}

/** The same version as for publishing: the platform's own. */
function graphVersionOf(manifest: PlatformManifest): string {
  const version = manifest.extra?.['graphVersion'];
  if (typeof version !== 'string') throw new Error('The manifest of Facebook names no Graph version.');
  return version;
}

/** On the way there nobody is identified yet. */
function ignore(): void {}
