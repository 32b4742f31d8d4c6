import { Problem } from '#kernel';
import { type ConnectWay, type PlatformManifest } from '#platforms/core';

/** The ways in which a network is connected; none where there is only one. */
export function waysOf({ connect }: PlatformManifest): readonly ConnectWay[] {
  return connect.type === 'oauth' ? (connect.ways ?? []) : [];
}

/** The way of this id; of a network with several the first where none is named. Undefined where there is none such. */
export function wayOf(manifest: PlatformManifest, way: string | null | undefined): ConnectWay | undefined {
  const ways = waysOf(manifest);
  return way === undefined || way === null ? ways[0] : ways.find(({ id }) => id === way);
}

/** Under which name the operator enters the app that a way of connecting uses. */
export function appNameOf(manifest: PlatformManifest, way?: string | null): string {
  const { id, connect } = manifest;
  return wayOf(manifest, way)?.app ?? (connect.type === 'oauth' ? (connect.app ?? id) : id);
}

/** Every app that a network may be connected with, each once. None for a network that knows no apps. */
export function appNamesOf(manifest: PlatformManifest): string[] {
  if (manifest.connect.type !== 'oauth') return [];
  const ways = waysOf(manifest);
  return [...new Set(ways.length > 0 ? ways.map(({ app }) => app) : [appNameOf(manifest)])];
}

/** What its environment variables begin with: `google-business` → `GOOGLE_BUSINESS`. */
export function variableOf(appName: string): string {
  return appName.toUpperCase().replaceAll('-', '_');
}

/** The way that somebody asks for, as it is kept. @throws Problem 422 for one that the network does not have */
export function chosenWay(manifest: PlatformManifest, wanted: string | undefined): string | null {
  const way = wayOf(manifest, wanted);
  if (way) return way.id;
  if (wanted === undefined) return null;
  const ways = waysOf(manifest).map(({ id, label }) => `"${id}" (${label})`);
  throw Problem.validation([
    {
      field: 'way',
      rule: 'unknown-way',
      message: `${manifest.name} has no way to connect called "${wanted}".`,
      remedy: ways.length > 0 ? `Use one of: ${ways.join(', ')}.` : 'Leave "way" out: there is only one.',
    },
  ]);
}
