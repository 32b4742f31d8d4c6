import { type CaseInput } from '../conformance.js';
import { MiniRunner } from '../runner.js';
import { anyDraft, onlyVisible } from './expectations.js';

/** Connecting, refreshing, giving back; and a manifest that holds what it promises. */
export function connectingCases({ platform, subject, scene }: CaseInput): void {
  const { adapter } = platform;
  const { manifest } = adapter;

  it('has a manifest that is data and agrees with the adapter', () => {
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
    expect(manifest.verifiedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    for (const refusal of manifest.refusals) expect(URL.canParse(refusal.docs)).toBe(true);
    const can = (capability: 'remove' | 'edit') =>
      manifest.capabilities[capability] ||
      (manifest.formats ?? []).some(({ capabilities }) => capabilities?.[capability]);
    expect(adapter.remove !== undefined).toBe(can('remove'));
    expect(adapter.edit !== undefined).toBe(can('edit'));
    expect(adapter.lookup !== undefined).toBe(manifest.settings.some(({ type }) => type === 'lookup'));
    expect(adapter.connect !== undefined).toBe(manifest.connect.type === 'credentials');
    expect(adapter.oauth !== undefined).toBe(manifest.connect.type === 'oauth');
  });

  it(
    'connects an account and lists its channels',
    scene(async (kit) => {
      const { account } = kit.authorization;
      expect(account.id).not.toBe('');
      expect(account.name).not.toBe('');
      expect(JSON.parse(JSON.stringify(kit.authorization.credentials))).toEqual(kit.authorization.credentials);
      const again = await adapter.listChannels(kit.account({ withChannel: false }));
      expect(again.map((channel) => channel.id)).toContain(kit.channel.id);
      expect(kit.visibleIds()).toEqual([]);
    }),
  );

  it('explains any error, whatever it is', () => {
    for (const error of [undefined, null, 'text', 7, {}, new Error('boom'), new TypeError('fetch failed')]) {
      const failure = adapter.classify(error, new Date());
      expect(failure.message).not.toBe('');
      expect(failure.remedy).not.toBe('');
    }
  });

  if (subject.wrongCredentials) {
    const wrong = subject.wrongCredentials;
    it(
      'refuses wrong credentials as a matter of sign-in',
      scene(async (kit) => expect(await kit.failureOf(kit.enter(wrong))).toMatchObject({ kind: 'auth' }), {
        connected: false,
      }),
    );
  }
  if (adapter.connect) {
    it.each(
      (
        [
          ['refuse-unavailable', 'unavailable'],
          ['reset', 'unavailable'],
          ['nonsense', 'unknown'],
        ] as const
      ).filter(([fault]) => fault !== 'nonsense' || !subject.anySuccessCounts),
    )('does not connect on %s', (fault, kind) =>
      scene(
        async (kit) => {
          kit.sandbox.faults.add({ operation: 'connect', kind: fault });
          expect(await kit.failureOf(kit.enter({}))).toMatchObject({ kind });
        },
        { connected: false },
      )(),
    );
  }
  tokenCases({ platform, subject, scene });
}

function tokenCases({ platform, subject, scene }: CaseInput): void {
  const { adapter } = platform;
  const publish = (kit: Parameters<Parameters<typeof scene>[0]>[0]) => new MiniRunner(kit, anyDraft(subject)).publish();

  if (subject.expire) {
    it(
      'says that an expired token is a matter of sign-in, and shows nothing',
      scene(async (kit) => {
        await subject.expire?.(kit);
        const listed = kit.failureOf(adapter.listChannels(kit.account({ withChannel: false })));
        expect(await listed).toMatchObject({ kind: 'auth' });
        expect(kit.visibleIds()).toEqual([]);
      }),
    );
  }
  if (adapter.refresh) {
    it(
      'publishes with refreshed credentials',
      scene(async (kit) => {
        await subject.expire?.(kit);
        Object.assign(kit.authorization, await adapter.refresh?.(kit.account({ withChannel: false })));
        expect(await publish(kit)).toMatchObject({ state: 'published' });
        onlyVisible(kit);
      }),
    );
  }
  if (adapter.revoke) {
    it(
      'gives the authorization back, so that it no longer works',
      scene(async (kit) => {
        await adapter.revoke?.(kit.account({ withChannel: false }));
        const listed = kit.failureOf(adapter.listChannels(kit.account({ withChannel: false })));
        expect(await listed).toMatchObject({ kind: 'auth' });
      }),
    );
  }
}
