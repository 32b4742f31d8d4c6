import { ConfigError } from '#kernel';
import { PlatformRegistry } from '#platforms';
import {
  definePlatform,
  type FormField,
  type Platform,
  type PlatformAdapter,
  type PlatformManifest,
} from '#platforms/core';
import { versionStanding, versionWarnings } from './api-versions.js';
import { optionsFrom, platformOptions, strayPlatformVariables } from './platform-options.js';

const options: FormField[] = [
  { name: 'apiVersion', label: 'Version', type: 'text', required: false, default: '202609', maxLength: 6 },
  { name: 'carousels', label: 'Carousels', type: 'boolean', required: false, default: false },
  { name: 'owner', label: 'Owner', type: 'text', required: false },
];
const endings: Record<string, string> = { '202609': '2027-09-15', '202510': '2026-10-15' };

function barge(): Platform {
  const manifest = {
    ...{ id: 'canal-barge', name: 'Canal Barge', options, capabilities: { remove: true }, practiceCredentials: {} },
    connect: { type: 'oauth', scopes: [], requiredScopes: [] },
  } as unknown as PlatformManifest;
  const adapter = {
    manifest,
    configured: ({ apiVersion, carousels }) => {
      const endsOn = endings[String(apiVersion)];
      if (endsOn === undefined) throw new Error(`CANAL_BARGE_API_VERSION is no version of this network.`);
      return {
        apiVersion: {
          version: String(apiVersion),
          endsOn,
          option: 'apiVersion',
          docs: 'https://barge.example/versions',
        },
        ...(carousels === true && { notice: 'Carousels are an experiment.' }),
      };
    },
  } as Partial<PlatformAdapter> as PlatformAdapter;
  return definePlatform({ adapter, sandbox: () => Promise.reject(new Error('none')) });
}
const registry = (env: NodeJS.ProcessEnv) => new PlatformRegistry([barge()], optionsFrom(env));

describe('options of the installation', () => {
  it('make the manifest that everybody sees, and reach the adapter', () => {
    const platforms = registry({ CANAL_BARGE_CAROUSELS: 'on', CANAL_BARGE_API_VERSION: '202510' });
    expect(platforms.options('canal-barge')).toEqual({ apiVersion: '202510', carousels: true });
    expect(platforms.get('canal-barge').adapter.manifest).toMatchObject({
      ...{ id: 'canal-barge', notice: 'Carousels are an experiment.' },
      apiVersion: { version: '202510', endsOn: '2026-10-15' },
    });
    expect(platforms.manifests()[0]?.notice).toBe('Carousels are an experiment.');
  });

  it('are their defaults where nothing is said, with one installation not changing another', () => {
    registry({ CANAL_BARGE_CAROUSELS: 'on' });
    for (const platforms of [registry({}), new PlatformRegistry([barge()])]) {
      expect(platforms.options('canal-barge')).toEqual({ apiVersion: '202609', carousels: false });
      expect(platforms.manifests()[0]?.notice).toBeUndefined();
    }
  });

  it('stop the start with a sentence where one is wrong, for the declaration or for the network', () => {
    expect(() => registry({ CANAL_BARGE_CAROUSELS: 'yes' })).toThrow(
      'CANAL_BARGE_CAROUSELS must be one of on, off. Example: CANAL_BARGE_CAROUSELS=off',
    );
    const ask = () => registry({ CANAL_BARGE_CAROUSELS: 'on', CANAL_BARGE_API_VERSION: '1999' });
    expect(ask).toThrow(ConfigError);
    expect(ask).toThrow(
      'CANAL_BARGE_API_VERSION cannot be used: CANAL_BARGE_API_VERSION is no version of this network. ' +
        'Example: CANAL_BARGE_API_VERSION=202609',
    );
  });

  it('are shown with the variable of each, and what set it', () => {
    const platforms = registry({ CANAL_BARGE_CAROUSELS: 'on' });
    const shown = platformOptions(platforms.manifests()[0]!, platforms.options('canal-barge'));
    expect(shown).toMatchObject([
      { variable: 'CANAL_BARGE_API_VERSION', value: '202609', setBy: 'default' },
      { variable: 'CANAL_BARGE_CAROUSELS', value: 'on', setBy: 'environment' },
      { variable: 'CANAL_BARGE_OWNER', value: null, setBy: 'default' },
    ]);
  });

  it('are missed where a variable is mistyped, of an option or of the app', () => {
    const env = { CANAL_BARGE_CAROUSEL: 'on', CANALBARGE_APP_ID: 'id', CANAL_BARGE_OWNER: 'me' };
    expect(strayPlatformVariables(env, registry({}).manifests())).toEqual([
      { name: 'CANALBARGE_APP_ID', meant: 'CANAL_BARGE_APP_ID' },
      { name: 'CANAL_BARGE_CAROUSEL', meant: 'CANAL_BARGE_CAROUSELS' },
    ]);
  });
});

describe('a version of an API', () => {
  const on = (today: string) => {
    const { apiVersion } = registry({}).manifests()[0]!;
    const { standing, daysLeft } = versionStanding('canal-barge', apiVersion!, new Date(today));
    return [standing, daysLeft];
  };
  it.each([
    ['2027-07-16T23:59:59Z', 'current', 61],
    ['2027-07-17T00:00:00Z', 'ending', 60],
    ['2027-09-14T23:59:59Z', 'ending', 1],
    ['2027-09-15T00:00:00Z', 'ended', 0],
    ['2027-09-17T12:00:00Z', 'ended', -2],
  ])('is at %s %s, with %d days left', (today, standing, days) => {
    expect(on(today)).toEqual([standing, days]);
  });

  it('is warned of from 60 days before its end on, with what to do', () => {
    const manifests = registry({}).manifests();
    expect(versionWarnings(manifests, new Date('2027-07-16T12:00:00Z'))).toEqual([]);
    expect(versionWarnings(manifests, new Date('2027-09-14T12:00:00Z'))).toEqual([
      'Canal Barge ends version 202609 of its API on 2027-09-15, in 1 day. Update ClickPost, or set ' +
        'CANAL_BARGE_API_VERSION to a newer version and restart: https://barge.example/versions',
    ]);
    expect(versionWarnings(manifests, new Date('2027-10-01T12:00:00Z'))).toEqual([
      expect.stringContaining('answers version 202609 of its API no longer since 2027-09-15'),
    ]);
  });
});
