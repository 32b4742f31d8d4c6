import { type Authorization } from '#platforms/core';
import {
  describeConformance,
  grantByConsent,
  practiceDraft,
  practiceImage,
  type PracticeKit,
} from '#platforms/testing';
import { platform } from './index.js';
import { PRACTICE_APP } from './options.js';
import { AGREED, approve, clip, oauthOfTikTok } from './practice.fixture.js';
import { openIdOf } from './sandbox/state.js';

const loaf = await practiceImage();
const shop = await practiceImage({ color: '#993333' });
const video = clip();
const personal = { privacy: 'SELF_ONLY', musicConsent: true };
const draft = { format: 'draft' };
const branded = { ...AGREED, discloseContent: true, brandedContent: true };

const expectRule = (name: string, settings: object, rule: string, setting: string) => ({
  name,
  draft: practiceDraft({ text: 'Hello', settings: { ...settings } }, [video]).draft,
  rule: `tiktok.${rule}`,
  field: `settings/${setting}`,
});

describeConformance(platform, {
  app: PRACTICE_APP,
  drafts: [
    {
      name: 'a video for everyone',
      ...practiceDraft({ text: 'Grüße aus der Bäckerei 👋🏽\n\n#brot @bakery', settings: AGREED }, [video]),
    },
    { name: 'a video for nobody else', ...practiceDraft({ text: 'Only for me', settings: personal }, [video]) },
    { name: 'photos', ...practiceDraft({ text: 'Bread', settings: { ...AGREED, title: 'Rye' } }, [loaf, shop]) },
    { name: 'photos in the inbox', ...practiceDraft({ text: 'Bread', settings: draft }, [loaf]) },
    { name: 'a video in the inbox', ...practiceDraft({ settings: draft }, [video]) },
    {
      name: 'a video with all that a post has',
      ...practiceDraft(
        {
          text: 'Watch',
          settings: {
            // The declaration for branded content stands in place of the other one.
            ...{ ...branded, musicConsent: false, yourBrand: true, brandedConsent: true, aiGenerated: true },
            ...{ allowComments: true, allowDuet: true, allowStitch: true },
          },
        },
        [{ ...video, coverAtMs: 1_500 }],
      ),
    },
  ],
  violations: [
    {
      name: 'a text alone',
      draft: practiceDraft({ text: 'Hello', settings: AGREED }).draft,
      rule: 'tiktok.media-missing',
      field: 'media',
    },
    {
      name: 'a text with a video for the inbox',
      draft: practiceDraft({ text: 'Hello', settings: draft }, [video]).draft,
      rule: 'tiktok.draft-text-unsupported',
      field: 'text',
    },
    expectRule('an audience that nobody chose', { musicConsent: true }, 'privacy-missing', 'privacy'),
    expectRule('a post without consent', { privacy: 'SELF_ONLY' }, 'music-consent-missing', 'musicConsent'),
    expectRule('branded content without consent', branded, 'branded-consent-missing', 'brandedConsent'),
    expectRule(
      'a disclosure of nothing',
      { ...AGREED, discloseContent: true },
      'disclosure-incomplete',
      'discloseContent',
    ),
    expectRule('private branded content', { ...branded, privacy: 'SELF_ONLY' }, 'branded-private', 'brandedContent'),
    {
      name: 'a title of photos that is too long',
      draft: practiceDraft({ settings: { ...AGREED, title: 'x'.repeat(91) } }, [loaf]).draft,
      rule: 'tiktok.title-too-long',
      field: 'settings/title',
    },
    {
      name: 'a cover that is none of the photos',
      draft: practiceDraft({ settings: { ...AGREED, cover: 3 } }, [loaf, shop]).draft,
      rule: 'tiktok.cover-missing',
      field: 'settings/cover',
    },
    {
      name: 'a caption of a video that only photos may have',
      draft: practiceDraft({ text: 'x'.repeat(2_201), settings: AGREED }, [video]).draft,
      rule: 'tiktok.text-too-long',
      field: 'text',
    },
  ],
  preparesOverHttp: true,
  connect,
  expire,
  publicCredentials: ['openId', 'scopes'],
});

async function connect(kit: PracticeKit): Promise<Authorization> {
  const oauth = oauthOfTikTok();
  const { endpoints } = kit.context();
  const grant = await grantByConsent({ oauth, app: PRACTICE_APP, endpoints, approve: (url) => approve(url) });
  return oauth.authorize(kit.context(), grant);
}

async function expire(kit: PracticeKit): Promise<void> {
  await fetch(`${kit.sandbox.origin}/tiktok/_practice/expire`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: openIdOf('Practice Person') }),
  });
}
