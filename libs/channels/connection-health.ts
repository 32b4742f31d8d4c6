import { type Failure, type JsonObject, type PlatformAdapter, type PlatformManifest } from '#platforms/core';
import { wayOf } from './app-names.js';
import { type ConnectionRecord } from './records.js';

/** So long before its end a sign-in is told about that cannot be renewed by itself. */
export const WARN_DAYS = 7;
const DAY_MS = 86_400_000;
/** After so many tries in a row that did not succeed, a renewal is not counted on any more on the last day. */
const TRIES = 3;

/** How a connection fares. `expiring` = it ends soon, and it takes a person to renew it. */
export type HealthStatus = 'authorizing' | 'healthy' | 'expiring' | 'disconnected';

/** A permission that was asked for and is not there. */
export interface MissingScope {
  scope: string;
  /** Without it nothing can be published. */
  required: boolean;
  /** What does not work without it, in words. */
  feature: string;
}

/** Something that went wrong with a connection, and when. */
export interface DatedFailure {
  at: Date;
  failure: Failure;
}

/** A workspace that publishes through a connection. */
export interface ServedWorkspace {
  id: string;
  name: string;
  channels: { id: string; platform: string; name: string }[];
}

/** How a connection fares, and what hangs on it. */
export interface ConnectionHealth {
  status: HealthStatus;
  /** null = until it is withdrawn, or not known. */
  validUntil: Date | null;
  /** What ends then, where it is not the sign-in as a whole: "Facebook's permission to read data". */
  expiryNote: string | null;
  /** When its tokens are renewed next without anybody's doing; null where they are not. */
  renewsAt: Date | null;
  /** Tries to renew them in a row that did not succeed. */
  renewFailures: number;
  missingScopes: MissingScope[];
  lastSuccessAt: Date | null;
  lastFailure: DatedFailure | null;
  /** Those that the asker sees. */
  workspaces: ServedWorkspace[];
  /** What hangs on it beyond what the asker sees. */
  hidden: { workspaces: number; channels: number };
  /** Whether the platform takes a permission back when ClickPost asks; else only the person can, on the platform. */
  revocable: boolean;
  /** How the person takes the permission away on the platform, where the platform says how. */
  revokeByHand: string | null;
  /** Whether the authorization was given back at the platform; null where nobody asked for it. */
  revocation: { state: NonNullable<ConnectionRecord['revocation']>; at: Date; failure: Failure | null } | null;
}

/** Whether the sign-in is renewed without anybody's doing. */
export function renewsByItself(connection: ConnectionRecord, adapter: PlatformAdapter | undefined): boolean {
  return connection.status === 'connected' && connection.renew_at !== null && adapter?.refresh !== undefined;
}

/** Derived whenever it is asked for: time alone makes a connection expire. */
export function healthStatus(
  connection: ConnectionRecord,
  adapter: PlatformAdapter | undefined,
  now: Date,
): HealthStatus {
  const { status, expires_at: end } = connection;
  if (status !== 'connected') return status;
  const days = end === null ? Infinity : (end.getTime() - now.getTime()) / DAY_MS;
  const failing = connection.renew_failures >= TRIES && days < 1;
  return days < WARN_DAYS && (failing || !renewsByItself(connection, adapter)) ? 'expiring' : 'healthy';
}

/** The permissions that the manifest wants and the platform did not give. */
export function missingScopes(
  connection: Pick<ConnectionRecord, 'status' | 'scopes' | 'way'>,
  manifest: PlatformManifest | undefined,
): MissingScope[] {
  if (manifest?.connect.type !== 'oauth' || connection.status === 'authorizing') return [];
  const { scopes, requiredScopes } = wayOf(manifest, connection.way) ?? manifest.connect;
  const words = (manifest.extra?.['scopeFeatures'] ?? {}) as JsonObject;
  return scopes
    .filter((scope) => !connection.scopes.includes(scope))
    .map((scope) => {
      const required = requiredScopes.includes(scope);
      const said = words[scope];
      return { scope, required, feature: typeof said === 'string' ? said : generalFeature(required, manifest.name) };
    });
}

/** The newer of two failures. */
export function newer(one: DatedFailure | null, other: DatedFailure | null): DatedFailure | null {
  if (!one || !other) return one ?? other;
  return one.at > other.at ? one : other;
}

/** The revocation as people see it. */
export function revocationOf({
  revocation: state,
  revocation_at: at,
  revocation_failure: failure,
}: ConnectionRecord): ConnectionHealth['revocation'] {
  return state === null || at === null ? null : { state, at, failure };
}

function generalFeature(required: boolean, name: string): string {
  return required ? `Publishing on ${name}` : `Something on ${name} that publishing does not need`;
}
