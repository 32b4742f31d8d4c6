import { type Workspace } from '../api/queries.js';

const KEY = 'clickpost-workspace';

/** Keeps which workspace was open on this device. */
export function rememberWorkspace(id: string): void {
  localStorage.setItem(KEY, id);
}

/** The workspace that was open last, else the first one. */
export function rememberedWorkspace(workspaces: readonly Workspace[]): Workspace | undefined {
  const id = localStorage.getItem(KEY);
  return workspaces.find((workspace) => workspace.id === id) ?? workspaces[0];
}
