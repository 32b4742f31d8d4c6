import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Platform, type PlatformManifest } from '#platforms/core';

/** The contract, its tests, and what the networks of one company share. */
const NOT_PLATFORMS = new Set(['core', 'testing', 'meta']);

/** Every platform of this installation, by id. */
export class PlatformRegistry {
  private readonly byId: ReadonlyMap<string, Platform>;

  constructor(platforms: readonly Platform[]) {
    this.byId = new Map(platforms.map((platform) => [platform.adapter.manifest.id, platform]));
  }

  all(): Platform[] {
    return [...this.byId.values()];
  }

  manifests(): PlatformManifest[] {
    return this.all().map((platform) => platform.adapter.manifest);
  }

  find(id: string): Platform | undefined {
    return this.byId.get(id);
  }

  /** Throws when a stored id names a platform whose folder is gone. */
  get(id: string): Platform {
    const platform = this.find(id);
    if (!platform) throw new Error(`No platform folder is called "${id}". Put libs/platforms/${id} back.`);
    return platform;
  }
}

/**
 * Finds the platforms from the folders' names alone: adding a platform is adding a folder.
 * Throws when a folder has no `platform` export, or its manifest carries another id than the folder.
 */
export async function loadPlatforms(directories: readonly string[] = [import.meta.dirname]): Promise<PlatformRegistry> {
  const platforms = await Promise.all(directories.map(loadDirectory));
  return new PlatformRegistry(platforms.flat());
}

async function loadDirectory(directory: string): Promise<Platform[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory() && !NOT_PLATFORMS.has(entry.name)).map((e) => e.name);
  return Promise.all(names.sort().map((name) => loadFolder(directory, name)));
}

async function loadFolder(directory: string, name: string): Promise<Platform> {
  const folder = join(directory, name);
  const file = (await readdir(folder)).find((entry) => entry === 'index.js' || entry === 'index.ts');
  if (!file) throw new Error(`${folder} has no index file, so it is no platform.`);
  const module = (await import(pathToFileURL(join(folder, file)).href)) as { platform?: Platform };
  const platform = module.platform;
  if (!platform) throw new Error(`${folder}/${file} does not export "platform".`);
  if (platform.adapter.manifest.id !== name) {
    throw new Error(`${folder} holds the manifest of "${platform.adapter.manifest.id}"; folder and id must be equal.`);
  }
  return platform;
}
