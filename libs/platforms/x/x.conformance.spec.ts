import { type Authorization, type SegmentDraft } from '#platforms/core';
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
import { approve, withProofKey } from './practice.fixture.js';

const loaf = await practiceImage({ altText: 'A loaf of bread' });
const shop = await practiceImage({ color: '#993333', type: 'png' });
const clip = practiceVideo();
const link = 'https://example.com/offers?a=1&b=2';
const poll = { withPoll: true, pollOptions: ['Rye', 'Wheat'], pollMinutes: 60 };

describeConformance(platform, {
  app: PRACTICE_APP,
  drafts: [
    { name: 'a text', ...practiceDraft({ text: 'Grüße & <Brezeln> aus der Bäckerei 👋🏽\n\nBis morgen' }) },
    { name: 'a link', ...practiceDraft({ text: 'Read this', link }) },
    { name: 'a link alone', ...practiceDraft({ link }) },
    {
      name: 'a poll',
      ...practiceDraft({ text: 'Rye or wheat?', settings: { ...poll, replySettings: 'following' } }),
    },
    { name: 'an image', ...practiceDraft({ text: 'Fresh', settings: { paidPartnership: true } }, [loaf]) },
    { name: 'a video alone', ...practiceDraft({}, [clip]) },
    { name: 'two images with a link', ...practiceDraft({ text: 'Both', link }, [loaf, shop]) },
    { name: 'a video with a text', ...practiceDraft({ text: 'Kneading', settings: { madeWithAi: true } }, [clip]) },
  ],
  violations: [
    { name: 'nothing', draft: practiceDraft({}).draft, rule: 'x.text-missing', field: 'text' },
    {
      name: '141 letters that count twice',
      draft: practiceDraft({ text: '字'.repeat(141) }).draft,
      rule: 'x.text-too-long',
      field: 'text',
    },
    {
      name: 'two cashtags',
      draft: practiceDraft({ text: '$FLOUR and $YEAST' }).draft,
      rule: 'x.too-many-cashtags',
      field: 'text',
    },
    {
      name: 'a poll beside an image',
      draft: practiceDraft({ text: 'Rye?', settings: poll }, [shop]).draft,
      rule: 'x.poll-with-media',
      field: 'settings/withPoll',
    },
    {
      name: 'a poll of one answer',
      draft: practiceDraft({ text: 'Rye?', settings: { withPoll: true, pollOptions: ['Yes'] } }).draft,
      rule: 'x.poll-options',
      field: 'settings/pollOptions',
    },
    {
      name: 'a poll of four minutes',
      draft: practiceDraft({ text: 'Rye?', settings: { ...poll, pollMinutes: 4 } }).draft,
      rule: 'x.poll-minutes',
      field: 'settings/pollMinutes',
    },
    {
      name: 'a quote of something else',
      draft: practiceDraft({ text: 'Look', settings: { quoteUrl: 'https://example.com/status/1' } }).draft,
      rule: 'x.quote-invalid',
      field: 'settings/quoteUrl',
    },
  ],
  preparesOverHttp: true,
  refusesDuplicates: true,
  publicCredentials: ['userId'],
  connect,
  expire,
  shown,
});

/** X has no field for a link: it stands behind the text. */
function shown({ text, link: attached }: SegmentDraft): { text: string } {
  if (attached === undefined) return { text };
  return { text: text === '' ? attached : `${text}\n\n${attached}` };
}

async function connect(kit: PracticeKit): Promise<Authorization> {
  const { oauth } = kit.adapter;
  if (!oauth) throw new Error('X connects by OAuth.');
  const { endpoints } = kit.context();
  const grant = await grantByConsent({
    oauth: withProofKey(oauth),
    app: PRACTICE_APP,
    endpoints,
    // Only subscribers can edit.
    approve: (page) => approve(page, { person: 'Practice Premium' }),
  });
  return oauth.authorize(kit.context(), grant);
}

/** Two hours pass. */
function expire(kit: PracticeKit): void {
  kit.pass(2 * 3_600_000 + 1_000);
}
