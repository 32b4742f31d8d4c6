import {
  type Capabilities,
  type ChannelDifferences,
  type Failure,
  type JsonObject,
  type PlatformLimits,
} from '#platforms/core';

/** A row of `connections`: one authorization at a platform, of the organization. */
export interface ConnectionRecord {
  id: string;
  organization_id: string;
  platform: string;
  practice: boolean;
  /** Which of the ways that the manifest names; null where there is only one. */
  way: string | null;
  status: 'authorizing' | 'connected' | 'disconnected';
  account_id: string | null;
  account_name: string | null;
  account_handle: string | null;
  account_url: string | null;
  /** JWE; null once disconnected. */
  credentials: string | null;
  /** Counts every new pair of tokens: a refusal counts only against the pair that was refused. */
  credential_generation: number;
  scopes: string[];
  expires_at: Date | null;
  /** What ends then, where it is not the sign-in as a whole. */
  expiry_note: string | null;
  /** When tokens are renewed ahead of their expiry; null where it is not known that they expire. */
  renew_at: Date | null;
  /** Tries to renew them in a row that did not succeed. */
  renew_failures: number;
  failure: Failure | null;
  /** When the sign-in itself was last good: made, or renewed. */
  last_success_at: Date | null;
  last_failure: Failure | null;
  last_failure_at: Date | null;
  /** Whether the authorization was given back at the platform; null where nobody asked for it. */
  revocation: 'pending' | 'done' | 'failed' | null;
  revocation_at: Date | null;
  revocation_failure: Failure | null;
  /** When the person took the permission back at the platform; null again with the next sign-in. */
  withdrawn_at: Date | null;
  /** The workspace in which somebody still has to choose its channels; null where nobody has to. */
  choosing_in: string | null;
  created_at: Date;
  updated_at: Date;
}

/** A row of `channels`: one place to publish, of one workspace. */
export interface ChannelRecord {
  id: string;
  organization_id: string;
  workspace_id: string;
  connection_id: string;
  platform: string;
  practice: boolean;
  external_id: string;
  name: string;
  handle: string | null;
  url: string | null;
  avatar_url: string | null;
  credentials: string | null;
  details: JsonObject;
  limits: PlatformLimits | null;
  /** What it can do less, or more, than the manifest says; null where that is nothing. */
  capabilities: Partial<Capabilities> | null;
  /** Names of settings that this channel does not have. */
  without_settings: string[];
  health: 'healthy' | 'disconnected';
  /** Why this channel alone is down; null where its whole connection is. */
  failure: Failure | null;
  paused_at: Date | null;
  blocked_until: Date | null;
  strict_order: boolean;
  created_at: Date;
  removed_at: Date | null;
}

/** What of a channel differs from its platform, for the rules of `#platforms/core`. */
export function differencesOf(
  channel: Pick<ChannelRecord, 'capabilities' | 'without_settings'>,
): Required<ChannelDifferences> {
  return { capabilities: channel.capabilities, withoutSettings: channel.without_settings };
}

/** What stands in place of the id of an account whose person had their data deleted. */
const ERASED = 'deleted:';

/** Whether what was known of the account was deleted on its person's wish: nobody can sign in to it again. */
export function isErased({ account_id: id }: Pick<ConnectionRecord, 'account_id'>): boolean {
  return id?.startsWith(ERASED) ?? false;
}
