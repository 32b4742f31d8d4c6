import { loadPlatforms, type PlatformRegistry } from '#platforms';
import { type JsonObject, lookedUpOf, type OAuthApp } from '#platforms/core';
import { practiceDraft, practiceImage, type PracticeKit, practiceVideo } from '#platforms/testing';
import { UNCHECKED } from '../support/meta-unchecked.js';
import { Checker } from './meta-checker.js';
import { isInstalled, Official } from './meta-official.js';
import { type Heard, rehearseOnMeta } from './meta-rehearsal.js';

if (!isInstalled) process.stderr.write('Left out: Meta’s SDK is not installed in test/real/meta-sdk.\n');

const FACEBOOK_KINDS = [
  'a text',
  'a link',
  'an image',
  'images',
  'a video',
  'a reel',
  'an image as a story',
  'a video as a story',
];
const INSTAGRAM_KINDS = ['an image', 'a carousel', 'a reel', 'an image as a story', 'a video as a story'];

(isInstalled || process.env['CI'] ? describe : describe.skip)('what is asked of Facebook and Instagram', () => {
  let platforms: PlatformRegistry;
  let official: Official;
  beforeAll(async () => {
    [platforms, official] = [await loadPlatforms(), new Official()];
  });

  it('is in Meta’s own description, for every kind of post of a Page', async () => {
    const rehearsed = await rehearseOnMeta({
      platform: platforms.get('facebook'),
      app: appOf('facebook'),
      drafts: ofFacebook,
    });
    expect(rehearsed.published).toEqual(FACEBOOK_KINDS);
    const checker = new Checker(official, { graph: 'User', graphVideo: 'User' });
    checker.know(rehearsed.ids.account, 'User');
    expectDescribed(checker, rehearsed);
    expect([...checker.unchecked].sort()).toEqual(Object.keys(UNCHECKED.facebook).sort());
  }, 120_000);

  it('is in Meta’s own description, for every kind of post on Instagram, by either sign-in', async () => {
    const unchecked = new Set<string>();
    for (const way of ['instagram-login', 'facebook-login']) {
      const rehearsed = await rehearseOnMeta({
        ...{ platform: platforms.get('instagram'), app: appOf('instagram'), way, drafts: ofInstagram },
      });
      expect(rehearsed.published).toEqual(INSTAGRAM_KINDS);
      const checker = new Checker(official, { graph: 'IGUserForIGOnlyAPI', facebookGraph: 'User' });
      const isOwn = way === 'instagram-login';
      checker.know(rehearsed.ids.account, isOwn ? 'IGUserForIGOnlyAPI' : 'User');
      checker.know(rehearsed.ids.channel, isOwn ? 'IGUserForIGOnlyAPI' : 'IGUser');
      expectDescribed(checker, rehearsed);
      for (const one of checker.unchecked) unchecked.add(one);
    }
    expect([...unchecked].sort()).toEqual(Object.keys(UNCHECKED.instagram).sort());
  }, 240_000);

  it('would be noticed where it were not', () => {
    const checker = new Checker(official, { graph: 'User' });
    checker.know('1', 'Page');
    const asked = { host: 'graph', answer: {} };
    checker.check({ ...asked, method: 'POST', path: ['v26.0', '1', 'feeds'], parameters: {} });
    checker.check({ ...asked, method: 'POST', path: ['v26.0', '1', 'feed'], parameters: { text: 'Hello' } });
    checker.check({ ...asked, method: 'GET', path: ['v26.0', '1'], parameters: { fields: 'id,nickname' } });
    checker.check({ ...asked, method: 'GET', path: ['v26.0', '2'], parameters: {} });
    expect([...checker.unchecked]).toEqual([
      'POST Page/feeds',
      'POST Page/feed: parameter text',
      'GET Page: field nickname',
    ]);
    expect([...checker.problems]).toEqual(['GET of 2, an object of no known kind']);
  });

  function appOf(id: string): OAuthApp {
    return platforms.get(id).adapter.manifest.extra?.['practiceApp'] as unknown as OAuthApp;
  }
});

function expectDescribed(checker: Checker, { heard }: { heard: Heard[] }): void {
  for (const one of heard) checker.check(one);
  expect([...checker.problems]).toEqual([]);
  expect(checker.checked).toBeGreaterThan(20);
}

async function ofFacebook(kit: PracticeKit) {
  const image = () => practiceImage({ altText: 'A loaf of bread', width: 1_080, height: 1_080, color: colorOf() });
  const video = () =>
    practiceVideo({ width: 1_080, height: 1_920, durationMs: 5_000, dataBytes: 200_000 + (drawn += 1) });
  const place = await lookedUp(kit, 'place');
  return {
    'a text': practiceDraft({ text: 'Fresh bread' }),
    'a link': practiceDraft({ text: 'Read this', link: 'https://example.com/bread', settings: { ...place } }),
    'an image': practiceDraft({ text: 'One loaf' }, [await image()]),
    images: practiceDraft({ text: 'Three loaves' }, [await image(), await image(), await image()]),
    'a video': practiceDraft({ text: 'How it is baked', settings: { title: 'Baking' } }, [video()]),
    'a reel': practiceDraft({ text: 'Baked upright', settings: { format: 'reel', title: 'Baking', ...place } }, [
      video(),
    ]),
    'an image as a story': practiceDraft({ settings: { format: 'story' } }, [await image()]),
    'a video as a story': practiceDraft({ settings: { format: 'story' } }, [video()]),
  };
}

async function ofInstagram(kit: PracticeKit) {
  const image = (width = 1_080, height = 1_080) =>
    practiceImage({ altText: 'A loaf of bread', width, height, color: colorOf() });
  const video = () =>
    practiceVideo({ width: 1_080, height: 1_920, durationMs: 5_000, dataBytes: 200_000 + (drawn += 1) });
  const place = await lookedUp(kit, 'location');
  const userTags = [{ media: 0, x: 0.5, y: 0.5, text: 'baker' }];
  const collaborators = ['baker'];
  return {
    'an image': practiceDraft(
      {
        text: 'One loaf #bread',
        settings: { userTags, collaborators, paidPartnership: true, aiGenerated: true, ...place },
      },
      [await image()],
    ),
    'a carousel': practiceDraft({ text: 'Loaves', settings: { ...place } }, [
      await image(),
      video(),
      await image(1_080, 1_350),
    ]),
    'a reel': practiceDraft(
      {
        text: 'Baked upright',
        settings: {
          format: 'reel',
          shareToFeed: true,
          audioName: 'Oven',
          taggedAccounts: ['baker'],
          collaborators,
          ...place,
        },
      },
      [video()],
    ),
    'an image as a story': practiceDraft({ settings: { format: 'story' } }, [await image(1_080, 1_440)]),
    'a video as a story': practiceDraft({ settings: { format: 'story' } }, [video()]),
  };
}

let drawn = 0;

/** Another colour each time, so that no two pictures are the same file. */
function colorOf(): string {
  drawn += 1;
  return `#${(drawn * 7_919).toString(16).padStart(6, '0').slice(-6)}`;
}

/** What a search finds first; nothing where the account may not search. */
async function lookedUp(kit: PracticeKit, setting: string): Promise<JsonObject> {
  const [found] = (await kit.adapter.lookup?.(kit.account(), setting, 'a').catch(() => [])) ?? [];
  if (!found) return {};
  const chosen = lookedUpOf({ [setting]: { value: found.value, label: found.label } }, setting);
  return chosen ? { [setting]: { ...chosen } } : {};
}
