import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultOptions, type OptionValues, type Platform, type PlatformManifest } from '#platforms/core';

/** The contract, its tests, and what the networks of one company share. */
const NOT_PLATFORMS = new Set(['core', 'testing', 'google', 'meta']);

/** What the options of a platform are. */
export type OptionsOf = (platform: Platform) => OptionValues;

const defaults: OptionsOf = ({ adapter }) => defaultOptions(adapter.manifest);

const idOf = ({ adapter }: Platform): string => adapter.manifest.id;

/** The platform with the manifest that these options make. */
function configured(platform: Platform, values: OptionValues): Platform {
  const { adapter } = platform;
  const changed = adapter.configured?.(values);
  if (!changed) return platform;
  const manifest = { ...adapter.manifest, ...changed };
  // Methods may be those of a class.
  const copy = Object.assign(Object.create(Object.getPrototypeOf(adapter) as object) as typeof adapter, adapter);
  return { ...platform, adapter: Object.assign(copy, { manifest }) };
}

/** Every platform of this installation, by id. */
export class PlatformRegistry {
  private readonly byId: ReadonlyMap<string, Platform>;
  private readonly optionsById: ReadonlyMap<string, OptionValues>;

  /**
   * @param options what whoever runs the installation says of a platform; left out = the defaults of its manifest. What
   *   changes with it in the manifest (`PlatformAdapter.configured`), changes for everybody who asks here.
   */
  constructor(platforms: readonly Platform[], options: OptionsOf = defaults) {
    const chosen = platforms.map((platform) => ({ platform, values: options(platform) }));
    this.optionsById = new Map(chosen.map(({ platform, values }) => [idOf(platform), values]));
    this.byId = new Map(chosen.map(({ platform, values }) => [idOf(platform), configured(platform, values)]));
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

  /** The values of a platform's options. */
  options(id: string): OptionValues {
    return this.optionsById.get(id) ?? {};
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
 * @param options what whoever runs the installation says of each; left out = the defaults
 * Throws when a folder has no `platform` export, or its manifest carries another id than the folder.
 */
export async function loadPlatforms(
  directories: readonly string[] = [import.meta.dirname],
  options?: OptionsOf,
): Promise<PlatformRegistry> {
  const platforms = await Promise.all(directories.map(loadDirectory));
  return new PlatformRegistry(platforms.flat(), options);
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
