import { AsyncLocalStorage } from 'node:async_hooks';
import { type EntityManager } from 'typeorm';

/**
 * What a request may see and has to leave behind, known to every transaction that is begun while it is answered, however
 * deep below. Background work has none: it acts for the organization as a whole.
 */
export interface RequestScope {
  /** The workspaces whose rows `Database.tenant` shows and writes; null = all of the organization. */
  workspaces: readonly string[] | null;
  /** Runs at the end of each transaction of a tenant that wrote something, and is written with it or not at all. */
  beforeCommit?: ((tx: EntityManager) => Promise<void>) | undefined;
}

const scopes = new AsyncLocalStorage<RequestScope>();

/** Answers a request within a scope of its own. It begins with all workspaces: whoever knows who is asking narrows it. */
export function withRequestScope<T>(work: () => T): T {
  return scopes.run({ workspaces: null }, work);
}

/** The scope of the request that is being answered; undefined in the background. */
export function requestScope(): RequestScope | undefined {
  return scopes.getStore();
}
