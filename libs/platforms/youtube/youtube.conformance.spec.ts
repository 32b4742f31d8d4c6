import { type Authorization, textWithLink } from '#platforms/core';
import { googleIdOf } from '#platforms/google/sandbox';
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
import { approve, PERSON } from './practice.fixture.js';
import { channelIdOf, idOf } from './sandbox/state.js';

const channelId = channelIdOf(googleIdOf(PERSON));
const playlist = { value: `PL${idOf(`playlist:${channelId}:Cakes`, 32)}`, label: 'Cakes' };
const settings = { title: 'Rye at six', madeForKids: 'no' };

const wide = practiceVideo({ width: 640, height: 360 });
const upright = practiceVideo({ durationMs: 4_000 });
const image = await practiceImage({ width: 1_280, height: 720 });
const covered = {
  ...practiceVideo({ width: 640, height: 360, durationMs: 3_000 }),
  coverAtMs: 1_000,
  cover: async () => ({ contentType: image.contentType, bytes: await image.read() }),
};
const link = 'https://example.com/offers?a=1';

describeConformance(platform, {
  app: PRACTICE_APP,
  drafts: [
    { name: 'a video', ...practiceDraft({ text: 'Grüße aus der Bäckerei 👋🏽\n\nBis morgen', settings }, [wide]) },
    { name: 'a video without a description', ...practiceDraft({ settings }, [wide]) },
    { name: 'a Short', ...practiceDraft({ text: 'Watch', settings: { ...settings, format: 'short' } }, [upright]) },
    {
      name: 'a video for whoever has the link',
      ...practiceDraft({ text: 'Watch', settings: { ...settings, privacy: 'unlisted' } }, [wide]),
    },
    {
      name: 'a private video',
      ...practiceDraft({ text: 'Watch', settings: { ...settings, privacy: 'private' } }, [wide]),
    },
    {
      name: 'a video with all that there is',
      ...practiceDraft(
        {
          text: 'Watch',
          link,
          settings: {
            ...settings,
            ...{ tags: ['rye', 'sour dough'], category: '26', syntheticMedia: true, license: 'creativeCommon' },
            ...{ embeddable: false, notifySubscribers: false, playlist },
          },
        },
        [covered],
      ),
    },
  ],
  violations: [
    {
      name: 'a text alone',
      draft: practiceDraft({ text: 'x', settings }).draft,
      rule: 'youtube.video-missing',
      field: 'media',
    },
    {
      name: 'a video without a title',
      draft: practiceDraft({ settings: { madeForKids: 'no' } }, [wide]).draft,
      rule: 'youtube.title-missing',
      field: 'settings/title',
    },
    {
      name: 'a title that is too long',
      draft: practiceDraft({ settings: { ...settings, title: 'x'.repeat(101) } }, [wide]).draft,
      rule: 'youtube.title-too-long',
      field: 'settings/title',
    },
    {
      name: 'a title with angle brackets',
      draft: practiceDraft({ settings: { ...settings, title: 'Rye < wheat' } }, [wide]).draft,
      rule: 'youtube.title-angle-brackets',
      field: 'settings/title',
    },
    {
      name: 'a description with angle brackets',
      draft: practiceDraft({ text: 'Rye > wheat', settings }, [wide]).draft,
      rule: 'youtube.text-angle-brackets',
      field: 'text',
    },
    {
      name: 'a description of too many bytes',
      draft: practiceDraft({ text: 'ü'.repeat(2_501), settings }, [wide]).draft,
      rule: 'youtube.text-too-many-bytes',
      field: 'text',
    },
    {
      name: 'too many tags',
      draft: practiceDraft(
        { settings: { ...settings, tags: Array.from({ length: 51 }, (_, n) => `tag-${n}-x-y-z`) } },
        [wide],
      ).draft,
      rule: 'youtube.tags-too-long',
      field: 'settings/tags',
    },
    {
      name: 'a video of which nobody said whether it is made for kids',
      draft: practiceDraft({ settings: { title: 'Rye' } }, [wide]).draft,
      rule: 'youtube.made-for-kids-missing',
      field: 'settings/madeForKids',
    },
    {
      name: 'a Short that is wider than high',
      draft: practiceDraft({ settings: { ...settings, format: 'short' } }, [wide]).draft,
      rule: 'youtube.short-not-upright',
      field: 'media/0',
    },
    {
      name: 'a Short of more than three minutes',
      draft: practiceDraft({ settings: { ...settings, format: 'short' } }, [practiceVideo({ durationMs: 181_000 })])
        .draft,
      rule: 'youtube.media-video-too-long',
      field: 'media/0',
    },
  ],
  shown: ({ text, link: address }) => ({ text: textWithLink(text, address, '\n\n') }),
  preparesOverHttp: true,
  expire,
  connect,
});

async function connect(kit: PracticeKit): Promise<Authorization> {
  const { oauth } = kit.adapter;
  if (!oauth) throw new Error('YouTube connects by OAuth.');
  const { endpoints } = kit.context();
  const grant = await grantByConsent({ oauth, app: PRACTICE_APP, endpoints, approve: (url) => approve(url) });
  return oauth.authorize(kit.context(), grant);
}

async function expire(kit: PracticeKit): Promise<void> {
  const answer = await fetch(`${kit.sandbox.origin}/youtube/_practice/revoke`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: PERSON, only: 'access' }),
  });
  expect(answer.status).toBe(204);
}
