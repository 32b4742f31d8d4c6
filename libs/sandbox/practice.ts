import { type PlatformManifest } from '#platforms/core';

/**
 * Where a practice connection finds the platform: each of the manifest's endpoints by its name below the platform's mount,
 * `graph` of facebook at `<origin>/facebook/graph`.
 */
export function practiceEndpoints(manifest: PlatformManifest, origin: string): Record<string, string> {
  return Object.fromEntries(Object.keys(manifest.endpoints).map((name) => [name, `${origin}/${manifest.id}/${name}`]));
}

/** The manifest's practice credentials with `{sandbox}` filled in by the sandbox's origin. */
export function practiceCredentials(manifest: PlatformManifest, origin: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(manifest.practiceCredentials).map(([name, value]) => [name, value.replaceAll('{sandbox}', origin)]),
  );
}
