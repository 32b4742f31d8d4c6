import { type Authorization, type PlatformContext, type SegmentDraft, sentText } from '#platforms/core';
import {
  describeConformance,
  grantByConsent,
  practiceDraft,
  practiceImage,
  type PracticeKit,
  practiceVideo,
} from '#platforms/testing';
import { platform } from './index.js';
import { formats, postLimits } from './formats.js';
import { PRACTICE_APP } from './manifest.js';
import { practiceDocument } from './practice.fixture.js';
import { ORGANIZATIONS, organizationsWay } from './scopes.js';

const loaf = await practiceImage({ altText: 'A loaf of bread (rye)' });
const shop = await practiceImage({ color: '#993333', type: 'png' });
const clip = practiceVideo({ durationMs: 4_000 });
const cover = await practiceImage({ color: '#119933' });
const coverBytes = await cover.read();
const clipWithCover = {
  ...practiceVideo({ durationMs: 3_500, dataBytes: 4_300_000 }),
  coverAtMs: 1_000,
  cover: () => Promise.resolve({ contentType: 'image/jpeg', bytes: coverBytes }),
};
const link = 'https://example.com/offers_2026?a=1#top';

describeConformance(platform, {
  app: PRACTICE_APP,
  drafts: [
    {
      name: 'a text',
      ...practiceDraft({ text: 'Grüße (aus der Bäckerei) 👋🏽\n\n#Brot_zeit & mehr: a_b*c~d|e{f}<g>[h]@i\\' }),
    },
    { name: 'a text with a link', ...practiceDraft({ text: 'Read this', link }) },
    { name: 'a link alone', ...practiceDraft({ link }) },
    {
      name: 'an article',
      ...practiceDraft(
        {
          text: 'Read this',
          link,
          settings: { format: 'article', articleTitle: 'Offers (all)', articleDescription: 'Bread & more' },
        },
        [loaf],
      ),
    },
    {
      name: 'a document',
      ...practiceDraft({ text: 'Turn the pages', settings: { format: 'document' } }, [practiceDocument()]),
    },
    {
      name: 'a poll',
      ...practiceDraft({
        text: 'What next?',
        settings: {
          format: 'poll',
          pollQuestion: 'Rye or wheat?',
          pollOptions: ['Rye', 'Wheat'],
          pollDuration: 'ONE_DAY',
          reshareDisabled: true,
        },
      }),
    },
    { name: 'an image alone', ...practiceDraft({}, [loaf]) },
    { name: 'two images with a link', ...practiceDraft({ text: 'Both', link }, [loaf, shop]) },
    { name: 'a video', ...practiceDraft({ text: 'Watch' }, [clip]) },
    { name: 'a video of several parts with a cover', ...practiceDraft({ text: 'Watch' }, [clipWithCover]) },
  ],
  violations: [
    { name: 'nothing', draft: practiceDraft({}).draft, rule: 'linkedin.text-missing', field: 'text' },
    {
      name: 'a text that is too long as it is encoded',
      draft: practiceDraft({ text: '('.repeat(1_501) }).draft,
      rule: 'linkedin.text-too-long',
      field: 'text',
    },
    {
      name: 'an article without a link',
      draft: practiceDraft({ text: 'x', settings: { format: 'article', articleTitle: 'x' } }).draft,
      rule: 'linkedin.article-without-link',
      field: 'link',
    },
    {
      name: 'an article without a title',
      draft: practiceDraft({ text: 'x', link, settings: { format: 'article' } }).draft,
      rule: 'linkedin.article-title-missing',
      field: 'settings/articleTitle',
    },
    {
      name: 'a document in an ordinary post',
      draft: practiceDraft({ text: 'x' }, [practiceDocument()]).draft,
      rule: 'linkedin.media-document-unsupported',
      field: 'media/0',
    },
    {
      name: 'a document post without a document',
      draft: practiceDraft({ text: 'x', settings: { format: 'document' } }).draft,
      rule: 'linkedin.document-missing',
      field: 'media',
    },
    {
      name: 'a poll of one answer',
      draft: practiceDraft({ settings: { format: 'poll', pollQuestion: 'Rye?', pollOptions: ['Yes'] } }).draft,
      rule: 'linkedin.poll-options',
      field: 'settings/pollOptions',
    },
    {
      name: 'a poll without a question',
      draft: practiceDraft({ settings: { format: 'poll', pollOptions: ['Yes', 'No'] } }).draft,
      rule: 'linkedin.poll-question-missing',
      field: 'settings/pollQuestion',
    },
    {
      name: 'an answer of 31 letters',
      draft: practiceDraft({
        settings: { format: 'poll', pollQuestion: 'Rye?', pollOptions: ['x'.repeat(31), 'No'] },
      }).draft,
      rule: 'linkedin.poll-option-too-long',
      field: 'settings/pollOptions',
    },
    {
      name: 'a video that is too small',
      draft: practiceDraft({ text: 'x' }, [practiceVideo({ durationMs: 4_000, dataBytes: 10_000 })]).draft,
      rule: 'linkedin.video-too-small',
      field: 'media/0',
    },
    {
      name: 'a comment that is too long',
      draft: practiceDraft({ kind: 'comment', text: 'x'.repeat(1_251) }).draft,
      rule: 'linkedin.text-too-long',
      field: 'text',
    },
  ],
  preparesOverHttp: true,
  refusesDuplicates: true,
  publicCredentials: ['personId', 'way'],
  connect,
  expire,
  shown,
});

/** A link is the card of an article, else it stands behind the text. */
function shown(draft: SegmentDraft): { text: string; link?: string } {
  const { settings, text, link: attached } = draft;
  if (settings.format === 'article') return { text, ...(attached !== undefined && { link: attached }) };
  const format = formats.find(({ id }) => id === settings.format);
  return { text: sentText(draft, (format?.limits ?? postLimits).text) };
}

async function connect(kit: PracticeKit): Promise<Authorization> {
  const { oauth } = kit.adapter;
  if (!oauth) throw new Error('LinkedIn connects by OAuth.');
  const byWay = {
    ...oauth,
    strategy: (input: Parameters<typeof oauth.strategy>[0]) => oauth.strategy({ ...input, way: ORGANIZATIONS }),
  };
  const { endpoints } = kit.context();
  const grant = await grantByConsent({ oauth: byWay, app: PRACTICE_APP, endpoints, approve });
  const context: PlatformContext = { ...kit.context(), way: ORGANIZATIONS };
  return oauth.authorize(context, grant);
}

/** Submits the practice page with every permission. */
async function approve(consentUrl: string): Promise<string> {
  const body = new URLSearchParams({ decision: 'continue' });
  for (const scope of organizationsWay.scopes) body.append('scope', scope);
  const answer = await fetch(consentUrl, { method: 'POST', body, redirect: 'manual' });
  expect(answer.status).toBe(302);
  return answer.headers.get('location') ?? '';
}

async function expire(kit: PracticeKit): Promise<void> {
  await fetch(`${kit.sandbox.origin}/linkedin/_practice/end`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: kit.authorization.account.id, expired: true }),
  });
}
