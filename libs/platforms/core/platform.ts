import { type PlatformAdapter } from './adapter.js';
import { type JsonObject } from './json.js';
import { type PlatformSandbox } from './sandbox.js';

/** What a platform's folder exports as `platform` from its `index.ts`. */
export interface Platform {
  adapter: PlatformAdapter;
  /** Loaded only where practice networks run. */
  sandbox(): Promise<PlatformSandbox>;
}

/** Ties an adapter with its own prepared type to the registry, where prepared sets are plain JSON. */
export function definePlatform<P extends JsonObject>(platform: {
  adapter: PlatformAdapter<P>;
  sandbox(): Promise<PlatformSandbox>;
}): Platform {
  // Stored prepared sets come back as JSON of the same adapter and version; the content hash and set id guard the match.
  return platform;
}
