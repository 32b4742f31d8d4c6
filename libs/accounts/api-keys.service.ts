import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import {
  Database,
  hashToken,
  type IdempotencyClaim,
  once,
  Problem,
  randomToken,
  row,
  rows,
  type Transaction,
  Vault,
  VaultError,
} from '#kernel';
import { type KeyScope, scopeOf, unknownWorkspaces } from './api-key-limits.js';
import { ApiKey } from './entities.js';
import { type Action, type OrganizationRole, type WorkspaceRole } from './permissions.js';
import { may, type Principal } from './principal.js';

/** `cp_<organization id without dashes>_<random token>` */
const KEY_TEXT = /^cp_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[\w-]{43}$/;

/** `last_used_at` is written at most this often, so that a busy program does not write at every request. */
const USE_RESOLUTION_MS = 60_000;

/** A key as people see it later: everything but the key itself. */
export interface ApiKeySummary {
  id: string;
  name: string;
  /** Whose it is; null for somebody who has left the organization. */
  member: { id: string; name: string } | null;
  /** The workspaces it is for; null = every one of its member. */
  workspaces: string[] | null;
  /** What it is for; null = everything that its member may do. */
  actions: Action[] | null;
  createdAt: Date;
  /** When it ends; null = when it is revoked. */
  expiresAt: Date | null;
  /** Whether it has ended by its time. */
  expired: boolean;
  /** Accurate to a minute. */
  lastUsedAt: Date | null;
}

/** A key at the only moment when its text is known. */
export interface NewApiKey {
  id: string;
  key: string;
  name: string;
  createdAt: string;
}

/** Keys for programs. A key acts for the member who made it, with that member's present role. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** @throws Problem 422 for limits that are wider than the principal's own, or name what there is not */
  async create(
    principal: Principal,
    { name, ...scope }: KeyScope & { name: string },
    claim?: IdempotencyClaim,
  ): Promise<NewApiKey> {
    const { organizationId, userId } = principal;
    const { sealed, ...answer } = await once(this.database, organizationId, claim, async (tx) => {
      const id = uuid();
      const createdAt = new Date();
      const limits = scopeOf(principal, scope, createdAt, await endOf(tx, principal));
      await requireWorkspaces(tx, limits.workspaceIds);
      const key = `cp_${organizationId.replaceAll('-', '')}_${randomToken()}`;
      await tx
        .getRepository(ApiKey)
        .insert({ id, organizationId, userId, name, secretHash: hashToken(key), createdAt, ...limits });
      // What is kept for a repeated request must not give the key away either.
      return { id, name, createdAt: createdAt.toISOString(), sealed: await this.vault.encrypt({ key }, purpose(id)) };
    });
    return { ...answer, key: await this.reveal(answer.id, sealed) };
  }

  /** @throws Problem 409 when a repeated request comes after the vault's key was lost */
  private async reveal(id: string, sealed: string): Promise<string> {
    try {
      return (await this.vault.decrypt<{ key: string }>(sealed, purpose(id))).key;
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      throw Problem.conflict(
        'This key was made and works, but it cannot be shown again. Revoke it and make another one.',
      );
    }
  }

  /**
   * Keys that are not revoked, oldest first, at most `limit`, those after `after`.
   * @param range.all those of all members, and not only the principal's own
   */
  async list(
    principal: Principal,
    { limit, after, all = false }: { limit: number; after?: string | undefined; all?: boolean | undefined },
  ): Promise<ApiKeySummary[]> {
    const { organizationId, userId } = principal;
    return this.database.tenant(organizationId, (tx) =>
      rows<ApiKeySummary>(tx, LIST, [organizationId, all ? null : userId, after ?? null, limit]),
    );
  }

  /**
   * Ends a key, at once: one of the principal's own, or of anybody for those who oversee keys.
   * @throws Problem 404 when there is no such key, or it is revoked already
   */
  async revoke(principal: Principal, id: string): Promise<void> {
    const whose = may(principal, 'api-keys.oversee') ? null : principal.userId;
    const revoked = await this.database.tenant(principal.organizationId, (tx) =>
      row(
        tx,
        `update api_keys set revoked_at = now()
          where id = $1 and revoked_at is null and ($2::uuid is null or user_id = $2) returning id`,
        [id, whose],
      ),
    );
    if (!revoked) throw Problem.notFound('There is no such API key.');
  }

  /** Who a key stands for; undefined for anything but a key in force of somebody who is still a member. */
  async authenticate(text: string): Promise<Principal | undefined> {
    const match = KEY_TEXT.exec(text);
    if (!match) return undefined;
    const organizationId = match.slice(1).join('-');
    return this.database.tenant(organizationId, async (tx) => {
      const key = await row<KeyInForce>(tx, KEY_IN_FORCE, [organizationId, hashToken(text), USE_RESOLUTION_MS / 1000]);
      if (!key) return undefined;
      if (key.stale) await tx.getRepository(ApiKey).update({ id: key.id }, { lastUsedAt: new Date() });
      return principalOf(key, organizationId);
    });
  }
}

interface KeyInForce {
  id: string;
  user_id: string;
  name: string;
  workspace_ids: string[] | null;
  actions: Action[] | null;
  role: OrganizationRole;
  /** By workspace. */
  workspace_roles: Record<string, WorkspaceRole>;
  /** Its last use was written down longer ago than the resolution. */
  stale: boolean;
}

/** Asked at every request of a program, so one statement. $1 organization, $2 hash of the key, $3 resolution in seconds. */
const KEY_IN_FORCE = `
  select k.id, k.user_id, k.name, k.workspace_ids, k.actions, m.role,
         (select coalesce(jsonb_object_agg(w.workspace_id, w.role), '{}') from workspace_members w
           where w.organization_id = $1 and w.user_id = k.user_id) as workspace_roles,
         coalesce(k.last_used_at < now() - make_interval(secs => $3), true) as stale
    from api_keys k join members m on m.organization_id = $1 and m.user_id = k.user_id
   where k.secret_hash = $2 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())`;

function principalOf(key: KeyInForce, organizationId: string): Principal {
  const { id, user_id: userId, role, name, workspace_ids: workspaces, actions } = key;
  return {
    ...{ userId, organizationId, role, name, via: 'api-key' },
    workspaceRoles: new Map(Object.entries(key.workspace_roles)),
    key: { id, workspaces: workspaces && new Set(workspaces), actions: actions && new Set(actions) },
  };
}

/** $1 organization, $2 whose (null = everybody's), $3 after which, $4 how many. */
const LIST = `
  select k.id, k.name, case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as member,
         k.workspace_ids as workspaces, k.actions, k.created_at as "createdAt", k.expires_at as "expiresAt",
         coalesce(k.expires_at <= now(), false) as expired, k.last_used_at as "lastUsedAt"
    from api_keys k left join users u on u.id = k.user_id
   where k.organization_id = $1 and k.revoked_at is null
     and ($2::uuid is null or k.user_id = $2) and ($3::uuid is null or k.id > $3)
   order by k.id limit $4`;

/** When the key ends that the principal uses. Undefined for one without an end, and for a session. */
async function endOf(tx: Transaction, { key }: Principal): Promise<Date | undefined> {
  const found =
    key && (await row<{ end: Date | null }>(tx, 'select expires_at as end from api_keys where id = $1', [key.id]));
  return found?.end ?? undefined;
}

/** @throws Problem 422 when one of them is not there */
async function requireWorkspaces(tx: Transaction, ids: readonly string[] | null): Promise<void> {
  if (ids === null) return;
  const found = await rows(tx, 'select id from workspaces where id = any($1)', [ids]);
  if (found.length < ids.length) throw Problem.validation([unknownWorkspaces()]);
}

function purpose(id: string): string {
  return `api-key:${id}`;
}
