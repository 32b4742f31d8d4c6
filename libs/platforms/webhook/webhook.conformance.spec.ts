import { describeConformance, practiceDraft, practiceImage } from '#platforms/testing';
import { platform } from './index.js';

const images = [
  await practiceImage({ altText: 'A "blue" wall' }),
  await practiceImage({ type: 'png', color: '#802020' }),
];

describeConformance(platform, {
  drafts: [
    { name: 'a text', ...practiceDraft({ text: 'Grüße an alle 👋' }) },
    { name: 'a text with a link', ...practiceDraft({ text: 'Read this', link: 'https://example.com/offer?a=1&b=2' }) },
    { name: 'two images', ...practiceDraft({ text: 'Look' }, images) },
  ],
  violations: [
    { name: 'nothing at all', draft: practiceDraft({ text: ' ' }).draft, rule: 'webhook.text-missing', field: 'text' },
    {
      name: 'a link that is none',
      draft: practiceDraft({ text: 'x', link: 'javascript:alert(1)' }).draft,
      rule: 'webhook.link-invalid',
      field: 'link',
    },
  ],
  preparesOverHttp: false,
  anySuccessCounts: true,
  wrongCredentials: { secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` },
  publicCredentials: ['name', 'url'],
});
