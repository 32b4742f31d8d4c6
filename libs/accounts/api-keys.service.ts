import { Injectable } from '@nestjs/common';
import { MoreThan, IsNull } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Database, hashToken, type IdempotencyClaim, once, Problem, randomToken, row, Vault } from '#kernel';
import { ApiKey } from './entities.js';
import { type Action, type OrganizationRole, type WorkspaceRole } from './permissions.js';
import { type Principal } from './principal.js';

/** `cp_<organization id without dashes>_<random token>` */
const KEY_TEXT = /^cp_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[\w-]{43}$/;

/** `last_used_at` is written at most this often, so that a busy program does not write at every request. */
const USE_RESOLUTION_MS = 60_000;

/** A key as its owner sees it later: everything but the key itself. */
export interface ApiKeySummary {
  id: string;
  name: string;
  createdAt: Date;
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

  async create(principal: Principal, name: string, claim?: IdempotencyClaim): Promise<NewApiKey> {
    const { organizationId, userId } = principal;
    const { sealed, ...answer } = await once(this.database, organizationId, claim, async (tx) => {
      const id = uuid();
      const createdAt = new Date();
      const key = `cp_${organizationId.replaceAll('-', '')}_${randomToken()}`;
      await tx
        .getRepository(ApiKey)
        .insert({ id, organizationId, userId, name, secretHash: hashToken(key), createdAt });
      // What is kept for a repeated request must not give the key away either.
      return { id, name, createdAt: createdAt.toISOString(), sealed: await this.vault.encrypt({ key }, purpose(id)) };
    });
    const { key } = await this.vault.decrypt<{ key: string }>(sealed, purpose(answer.id));
    return { ...answer, key };
  }

  /** The principal's own keys that are not revoked, oldest first, at most `limit`, those after `after`. */
  async list(
    principal: Principal,
    { limit, after }: { limit: number; after?: string | undefined },
  ): Promise<ApiKeySummary[]> {
    return this.database.tenant(principal.organizationId, (tx) =>
      tx.getRepository(ApiKey).find({
        select: { id: true, name: true, createdAt: true, lastUsedAt: true },
        where: { userId: principal.userId, revokedAt: IsNull(), ...(after && { id: MoreThan(after) }) },
        order: { id: 'asc' },
        take: limit,
      }),
    );
  }

  /**
   * Ends one of the principal's own keys, at once.
   * @throws Problem 404 when there is no such key, or it is revoked already
   */
  async revoke(principal: Principal, id: string): Promise<void> {
    const result = await this.database.tenant(principal.organizationId, (tx) =>
      tx.getRepository(ApiKey).update({ id, userId: principal.userId, revokedAt: IsNull() }, { revokedAt: new Date() }),
    );
    if (!result.affected) throw Problem.notFound('There is no such API key.');
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

function purpose(id: string): string {
  return `api-key:${id}`;
}
