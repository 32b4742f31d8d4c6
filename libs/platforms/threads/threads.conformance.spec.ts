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
import { PRACTICE_APP, SCOPES } from './manifest.js';

const loaf = await practiceImage({ altText: 'A loaf of bread' });
const shop = await practiceImage({ color: '#993333', type: 'png' });
const clip = practiceVideo({ altText: 'Kneading' });
const link = 'https://example.com/offers?a=1';

describeConformance(platform, {
  app: PRACTICE_APP,
  drafts: [
    { name: 'a text', ...practiceDraft({ text: 'Grüße aus der Bäckerei 👋🏽\n\nBis morgen' }) },
    { name: 'a link', ...practiceDraft({ text: 'Read this', link }) },
    { name: 'a link alone', ...practiceDraft({ link }) },
    {
      name: 'a poll',
      ...practiceDraft({
        text: 'Rye or wheat?',
        settings: { withPoll: true, pollOptions: ['Rye', 'Wheat'], topicTag: '#Bread', replyControl: 'followers_only' },
      }),
    },
    { name: 'an image', ...practiceDraft({ text: 'Fresh', settings: { spoiler: true } }, [loaf]) },
    { name: 'a video alone', ...practiceDraft({}, [clip]) },
    { name: 'a carousel with a link', ...practiceDraft({ text: 'Both', link }, [loaf, clip, shop]) },
  ],
  violations: [
    { name: 'nothing', draft: practiceDraft({}).draft, rule: 'threads.text-missing', field: 'text' },
    {
      name: 'more bytes of emoji than there is room for',
      draft: practiceDraft({ text: '👨‍👩‍👧‍👦'.repeat(21) }).draft,
      rule: 'threads.text-too-long',
      field: 'text',
    },
    {
      name: 'six links',
      draft: practiceDraft({ text: [1, 2, 3, 4, 5].map((n) => `https://example.com/${n}`).join(' '), link }).draft,
      rule: 'threads.too-many-links',
      field: 'text',
    },
    {
      name: 'a poll beside an image',
      draft: practiceDraft({ text: 'Rye?', settings: { withPoll: true, pollOptions: ['Yes', 'No'] } }, [shop]).draft,
      rule: 'threads.poll-with-media',
      field: 'settings/withPoll',
    },
    {
      name: 'a poll of one answer',
      draft: practiceDraft({ text: 'Rye?', settings: { withPoll: true, pollOptions: ['Yes'] } }).draft,
      rule: 'threads.poll-options',
      field: 'settings/pollOptions',
    },
    {
      name: 'a topic with a full stop',
      draft: practiceDraft({ text: 'Hello', settings: { topicTag: 'a.b' } }).draft,
      rule: 'threads.topic-characters',
      field: 'settings/topicTag',
    },
    {
      name: 'something to blur that is not there',
      draft: practiceDraft({ text: 'Hello', settings: { spoiler: true } }).draft,
      rule: 'threads.spoiler-without-media',
      field: 'settings/spoiler',
    },
  ],
  preparesOverHttp: true,
  publicCredentials: ['userId', 'issuedAt'],
  connect,
  shown,
});

/** A link stands in its field below a text alone, else behind the text. */
function shown({ text, link: attached, media }: SegmentDraft): { text: string; link?: string } {
  if (attached === undefined) return { text };
  if (text === '') return { text: attached };
  return media.length === 0 ? { text, link: attached } : { text: `${text}\n\n${attached}` };
}

async function connect(kit: PracticeKit): Promise<Authorization> {
  const { oauth } = kit.adapter;
  if (!oauth) throw new Error('Threads connects by OAuth.');
  const { endpoints } = kit.context();
  const grant = await grantByConsent({ oauth, app: PRACTICE_APP, endpoints, approve });
  return oauth.authorize(kit.context(), grant);
}

/** Submits the practice window with every permission. */
async function approve(consentUrl: string): Promise<string> {
  const body = new URLSearchParams({ decision: 'continue' });
  for (const scope of SCOPES) body.append('scope', scope);
  const answer = await fetch(consentUrl, { method: 'POST', body, redirect: 'manual' });
  expect(answer.status).toBe(302);
  return answer.headers.get('location') ?? '';
}
