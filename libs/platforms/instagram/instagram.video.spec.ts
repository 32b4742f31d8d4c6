import { type Json } from '#platforms/core';
import { PracticeKit, MiniRunner, practiceDraft } from '#platforms/testing';
import { consentTo, platformOf, video } from './instagram.fixture.js';
import { FACEBOOK_LOGIN, INSTAGRAM_LOGIN, PRACTICE_APP } from './manifest.js';
import { oauth } from './login.js';
import { grantByConsent } from '#platforms/testing';

/** What Instagram makes of videos, beside what the conformance suite tries of all. */
describe.each([INSTAGRAM_LOGIN, FACEBOOK_LOGIN] as const)('videos of accounts connected by %s', (way) => {
  const platform = platformOf(way);
  const subject = {
    app: PRACTICE_APP,
    drafts: [{ name: 'a video', ...practiceDraft({ text: 'Watch this.' }, [video()]) }],
    violations: [],
    preparesOverHttp: true,
    connect: async (kit: PracticeKit) => {
      const approve = (url: string) => consentTo(url, way);
      const { endpoints } = kit.context();
      const by = {
        ...oauth,
        strategy: (input: Parameters<typeof oauth.strategy>[0]) => oauth.strategy({ ...input, way }),
      };
      const grant = await grantByConsent({ oauth: by, app: PRACTICE_APP, endpoints, approve });
      return platform.adapter.oauth?.authorize(kit.context(), grant) ?? Promise.reject(new Error('No sign-in.'));
    },
  };
  let kit: PracticeKit;
  beforeEach(async () => {
    kit = await PracticeKit.connected(platform, subject);
  });
  afterEach(async () => {
    expect(kit.leaks()).toEqual([]);
    await kit.close();
  });

  it('goes out without its description', async () => {
    const practice = practiceDraft({ text: 'Watch this.' }, [video({ altText: 'A clip' })]);
    expect(platform.adapter.validate(practice.draft, kit.limits(practice.draft))).toEqual([]);
    expect(await new MiniRunner(kit, practice).publish()).toMatchObject({ state: 'published' });
    expect(kit.sandbox.visible('instagram')).toMatchObject([{ media: [{ digest: practice.draft.media[0]?.digest }] }]);
    // https://developers.facebook.com/docs/instagram-platform/content-publishing: "Reels and stories are not supported."
    expect(kit.sandbox.visible('instagram')[0]?.media[0]).not.toHaveProperty('altText');
  });

  it.each<[string, Parameters<typeof video>[0], Record<string, Json>]>([
    ['is refused when it is processed', { refusedLate: true }, {}],
    ['has another codec', { codec: 'vp09' }, {}],
    ['has too few pictures a second', { frameRate: 12 }, {}],
    ['is too short', { durationMs: 1_000 }, {}],
    ['is too wide', { width: 2_560, height: 1_440 }, {}],
    ['is too long for a story', { durationMs: 90_000 }, { format: 'story' }],
  ])('is at fault where it %s', async (_name, options, settings) => {
    const practice = practiceDraft({ settings }, [video(options)]);
    const failure = await kit.failureOf(new MiniRunner(kit, practice).prepare());
    expect(failure).toMatchObject({ kind: 'media', platformCode: '2207026' });
    expect(kit.visibleIds()).toEqual([]);
  });
});
