import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type Action, type OrganizationRole, type WorkspaceRole } from './permissions.js';

/** A person who can sign in. Belongs to no tenant; memberships do. */
@Entity('users')
export class User {
  @PrimaryColumn('uuid')
  id: string;

  /** As written at sign-up; compared without regard to case. */
  @Column('text')
  email: string;

  @Column('text')
  name: string;

  /** Argon2id, in the PHC string format. Left out of every read that does not ask for it. */
  @Column('text', { name: 'password_hash', select: false })
  passwordHash: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}

/** The tenant. */
@Entity('organizations')
export class Organization {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  /** Since when nothing of it is published; null while it is not paused. */
  @Column('timestamptz', { name: 'paused_at', nullable: true })
  pausedAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}

/** What one user is in one organization. */
@Entity('members')
export class Member {
  @PrimaryColumn('uuid', { name: 'organization_id' })
  organizationId: string;

  @PrimaryColumn('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  role: OrganizationRole;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}

/** What one member is in one workspace. */
@Entity('workspace_members')
export class WorkspaceMember {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn('uuid', { name: 'user_id' })
  userId: string;

  @Column('uuid', { name: 'organization_id' })
  organizationId: string;

  @Column('text')
  role: WorkspaceRole;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}

/** One client or brand of an organization. */
@Entity('workspaces')
export class Workspace {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'organization_id' })
  organizationId: string;

  @Column('text')
  name: string;

  /** IANA name. */
  @Column('text', { name: 'time_zone' })
  timeZone: string;

  /** How late a publication may go out, in minutes; later than that it is held. */
  @Column('integer', { name: 'late_limit_minutes' })
  lateLimitMinutes: number;

  /** Since when nothing of it is published; null while it is not paused. */
  @Column('timestamptz', { name: 'paused_at', nullable: true })
  pausedAt: Date | null;

  /** Since when it is put away: nothing is written or published in it; null while it is in use. */
  @Column('timestamptz', { name: 'archived_at', nullable: true })
  archivedAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}

/** A key by which a program acts for a member. Only its hash is known. */
@Entity('api_keys')
export class ApiKey {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'organization_id' })
  organizationId: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  name: string;

  /** SHA-256 of the whole key text, hex. */
  @Column('text', { name: 'secret_hash', select: false })
  secretHash: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** The workspaces it is for; null = every one of its member. */
  @Column('uuid', { name: 'workspace_ids', array: true, nullable: true })
  workspaceIds: string[] | null;

  /** What it is for; null = everything that its member may do. */
  @Column('text', { array: true, nullable: true })
  actions: Action[] | null;

  /** When it ends; null = when it is revoked. */
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  /** Accurate to a minute. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}

/** A browser that is signed in, or about to be. */
@Entity('sessions')
export class StoredSession {
  /** SHA-256 of the session id, hex: the table alone signs nobody in. */
  @PrimaryColumn('text', { name: 'id_hash' })
  idHash: string;

  /** What it is called by whoever may end it. */
  @Column('uuid')
  id: string;

  @Column('uuid', { name: 'user_id', nullable: true })
  userId: string | null;

  @Column('uuid', { name: 'organization_id', nullable: true })
  organizationId: string | null;

  @Column('jsonb')
  data: object;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'last_seen_at' })
  lastSeenAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}

/** The entities of this library, for `Database.connect`. */
export const accountEntities = [User, Organization, Member, WorkspaceMember, Workspace, ApiKey, StoredSession];
