import { type Message } from './payload.js';

/** What a webhook wants to be told. */
export interface Wish {
  organizationId: string;
  /** null = of everything. */
  eventTypes: readonly string[] | null;
  /** null = of all workspaces, and of what concerns the organization as a whole. */
  workspaceIds: readonly string[] | null;
  createdAt: Date;
}

/** Whether a webhook is told of something: of its own organization, in its workspaces, and nothing from before it was made. */
export function wants(wish: Wish, { organizationId, workspaceId, type, at }: Omit<Message, 'payload'>): boolean {
  if (wish.organizationId !== organizationId || at < wish.createdAt) return false;
  if (wish.eventTypes !== null && !wish.eventTypes.includes(type)) return false;
  return wish.workspaceIds === null || (workspaceId !== null && wish.workspaceIds.includes(workspaceId));
}
