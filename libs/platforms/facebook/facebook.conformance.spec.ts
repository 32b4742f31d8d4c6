import { type Authorization } from '#platforms/core';
import {
  describeConformance,
  grantByConsent,
  practiceDraft,
  practiceImage,
  type PracticeKit,
  practiceVideo,
} from '#platforms/testing';
import { platform } from './index.js';
import { PRACTICE_APP } from './manifest.js';
import { PLACES } from './sandbox/state.js';
import { SCOPES } from './scopes.js';

const described = await practiceImage({ altText: 'A loaf of bread' });
const plain = await practiceImage({ color: '#993333', type: 'png' });
const link = 'https://example.com/offers?a=1';
const [hall] = PLACES;
if (!hall) throw new Error('There is no place.');
const place = { value: hall.id, label: hall.name };
/** As reels and stories want it. */
const upright = practiceVideo({ width: 720, height: 1280, durationMs: 4_000, dataBytes: 20_000 });

describeConformance(platform, {
  app: PRACTICE_APP,
  drafts: [
    { name: 'a text', ...practiceDraft({ text: 'Grüße aus der Bäckerei 👋🏽\n\nBis morgen' }) },
    { name: 'an address in the text', ...practiceDraft({ text: `Read ${link}` }) },
    { name: 'a link', ...practiceDraft({ text: 'Read this', link }) },
    { name: 'a link alone', ...practiceDraft({ link }) },
    { name: 'one image', ...practiceDraft({ text: 'Fresh' }, [plain]) },
    { name: 'images alone', ...practiceDraft({}, [plain, described]) },
    { name: 'images at a place', ...practiceDraft({ text: 'Fresh', settings: { place } }, [described, plain]) },
    { name: 'a video', ...practiceDraft({ text: 'Watch', settings: { title: 'Baking' } }, [practiceVideo()]) },
    { name: 'a story of an image', ...practiceDraft({ settings: { format: 'story' } }, [described]) },
    { name: 'a story of a video', ...practiceDraft({ settings: { format: 'story' } }, [upright]) },
    {
      name: 'a reel',
      ...practiceDraft({ text: 'Watch', settings: { format: 'reel', title: 'Baking', place } }, [upright]),
    },
  ],
  violations: [
    { name: 'nothing', draft: practiceDraft({}).draft, rule: 'facebook.text-missing', field: 'text' },
    {
      name: 'a link beside images',
      draft: practiceDraft({ text: 'both', link }, [plain]).draft,
      rule: 'facebook.link-with-media',
      field: 'link',
    },
    {
      name: 'a title without a video',
      draft: practiceDraft({ text: 'x', settings: { title: 'Baking' } }).draft,
      rule: 'facebook.title-without-video',
      field: 'settings/title',
    },
    {
      name: 'a place beside a video',
      draft: practiceDraft({ text: 'x', settings: { place } }, [upright]).draft,
      rule: 'facebook.place-with-video',
      field: 'settings/place',
    },
    {
      name: 'a reel without a video',
      draft: practiceDraft({ text: 'x', settings: { format: 'reel' } }).draft,
      rule: 'facebook.reel-video-missing',
      field: 'media',
    },
    {
      name: 'a reel of an image',
      draft: practiceDraft({ text: 'x', settings: { format: 'reel' } }, [plain]).draft,
      rule: 'facebook.media-image-unsupported',
      field: 'media/0',
    },
    {
      name: 'a story without a file',
      draft: practiceDraft({ settings: { format: 'story' } }).draft,
      rule: 'facebook.story-file-missing',
      field: 'media',
    },
    {
      name: 'a story with a text',
      draft: practiceDraft({ text: 'x', settings: { format: 'story' } }, [plain]).draft,
      rule: 'facebook.text-unsupported',
      field: 'text',
    },
    {
      name: 'a reply',
      draft: practiceDraft({ kind: 'reply', text: 'And more' }).draft,
      rule: 'facebook.segment-unsupported',
      field: 'text',
    },
  ],
  preparesOverHttp: true,
  publicCredentials: ['userId'],
  connect,
  expire: async (kit) => {
    const response = await fetch(`${kit.sandbox.origin}/facebook/_practice/revoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: kit.authorization.account.id, subcode: 463 }),
    });
    expect(response.status).toBe(204);
  },
});

async function connect(kit: PracticeKit): Promise<Authorization> {
  const { oauth } = kit.adapter;
  if (!oauth) throw new Error('Facebook connects by OAuth.');
  const { endpoints } = kit.context();
  const grant = await grantByConsent({ oauth, app: PRACTICE_APP, endpoints, approve });
  return oauth.authorize(kit.context(), grant);
}

/** Submits the practice dialog with one Page and every permission. */
async function approve(consentUrl: string): Promise<string> {
  const body = new URLSearchParams([
    ['decision', 'continue'],
    ['page', 'Practice Bakery'],
  ]);
  for (const scope of SCOPES) body.append('scope', scope);
  const answer = await fetch(consentUrl, { method: 'POST', body, redirect: 'manual' });
  expect(answer.status).toBe(302);
  return answer.headers.get('location') ?? '';
}
