import { type Authorization } from '#platforms/core';
import {
  describeConformance,
  grantByConsent,
  practiceDraft,
  practiceImage,
  type PracticeKit,
} from '#platforms/testing';
import { consentTo, platformOf, video } from './instagram.fixture.js';
import { FACEBOOK_LOGIN, INSTAGRAM_LOGIN, PRACTICE_APP } from './manifest.js';

const described = await practiceImage({ altText: 'A loaf of bread' });
const wide = await practiceImage({ color: '#993333', width: 90, height: 48 });
const tall = await practiceImage({ color: '#339933', width: 80, height: 100 });
const clip = video();

const drafts = [
  {
    name: 'an image',
    ...practiceDraft({ text: 'Grüße aus der Bäckerei 👋🏽\n\nBis morgen #brot @muehle' }, [described]),
  },
  { name: 'an image alone', ...practiceDraft({}, [wide]) },
  { name: 'a video, which becomes a reel', ...practiceDraft({ text: 'Watch' }, [clip]) },
  { name: 'a reel', ...practiceDraft({ text: 'Watch', settings: { format: 'reel', shareToFeed: false } }, [clip]) },
  { name: 'a story of an image', ...practiceDraft({ settings: { format: 'story' } }, [tall]) },
  { name: 'a story of a video', ...practiceDraft({ settings: { format: 'story' } }, [clip]) },
  { name: 'a carousel of mixed sizes', ...practiceDraft({ text: 'Look at all' }, [described, tall, clip]) },
];

const violations = [
  {
    name: 'a text alone',
    draft: practiceDraft({ text: 'Words' }).draft,
    rule: 'instagram.media-missing',
    field: 'media',
  },
  { name: 'nothing', draft: practiceDraft({}).draft, rule: 'instagram.media-missing', field: 'media' },
  {
    name: 'a link',
    draft: practiceDraft({ link: 'https://example.com' }, [wide]).draft,
    rule: 'instagram.link-unsupported',
    field: 'link',
  },
  {
    name: 'a reply',
    draft: practiceDraft({ kind: 'reply', text: 'And more' }).draft,
    rule: 'instagram.segment-unsupported',
    field: 'text',
  },
  {
    name: 'a reel of an image',
    draft: practiceDraft({ settings: { format: 'reel' } }, [wide]).draft,
    rule: 'instagram.reel-image',
    field: 'media/0',
  },
];

/** The kinds of post; how each is made differs by the way only where it holds a video. */
const OF_BOTH = ['an image', 'a reel', 'a story of an image', 'a carousel of mixed sizes'];

for (const way of [INSTAGRAM_LOGIN, FACEBOOK_LOGIN] as const) {
  describe(way, () => {
    describeConformance(platformOf(way), {
      app: PRACTICE_APP,
      drafts: way === INSTAGRAM_LOGIN ? drafts : drafts.filter(({ name }) => OF_BOTH.includes(name)),
      violations,
      preparesOverHttp: true,
      publicCredentials: ['userId', 'issuedAt'],
      connect: (kit) => connect(kit, way),
      // A sign-in with Instagram that has expired cannot be renewed, which has a spec of its own.
      ...(way === FACEBOOK_LOGIN && { expire }),
    });
  });
}

async function expire(kit: PracticeKit): Promise<void> {
  const response = await fetch(`${kit.sandbox.origin}/instagram/_practice/revoke`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: kit.authorization.account.id, subcode: 463 }),
  });
  expect(response.status).toBe(204);
}

async function connect(kit: PracticeKit, way: string): Promise<Authorization> {
  const { oauth } = kit.adapter;
  if (!oauth) throw new Error('Instagram connects by OAuth.');
  const { endpoints } = kit.context();
  const approve = (url: string) => consentTo(url, way, { pages: ['Practice Bakery'] });
  const grant = await grantByConsent({ oauth, app: PRACTICE_APP, endpoints, approve });
  return oauth.authorize(kit.context(), grant);
}
