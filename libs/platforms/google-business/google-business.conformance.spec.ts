import { type Authorization } from '#platforms/core';
import {
  describeConformance,
  grantByConsent,
  practiceDraft,
  practiceImage,
  type PracticeKit,
} from '#platforms/testing';
import { platform } from './index.js';
import { PRACTICE_APP } from './manifest.js';
import { approve, EVENING, OFFER_OF_A_MONTH, photo } from './practice.fixture.js';

const loaf = await photo();
const tiny = await practiceImage();
const link = 'https://example.com/offers?a=1';

describeConformance(platform, {
  app: PRACTICE_APP,
  drafts: [
    { name: 'an update', ...practiceDraft({ text: 'Grüße aus der Bäckerei 👋🏽\n\nBis morgen' }) },
    {
      name: 'an update with a button',
      ...practiceDraft({ text: 'Read this', link, settings: { callToAction: 'LEARN_MORE' } }),
    },
    { name: 'an event', ...practiceDraft({ text: 'Come in', settings: { ...EVENING, callToAction: 'CALL' } }) },
    { name: 'an event without a word', ...practiceDraft({ settings: EVENING }) },
    { name: 'an offer', ...practiceDraft({ text: 'Bring a friend', settings: OFFER_OF_A_MONTH }, [loaf]) },
    {
      name: 'an update with a photo and a button',
      ...practiceDraft({ text: 'Fresh', link, settings: { callToAction: 'ORDER' } }, [loaf]),
    },
  ],
  violations: [
    {
      name: 'a link without a button',
      draft: practiceDraft({ text: 'Hello', link }).draft,
      rule: 'google-business.link-without-button',
      field: 'settings/callToAction',
    },
    {
      name: 'a button without a link',
      draft: practiceDraft({ text: 'Hello', settings: { callToAction: 'BOOK' } }).draft,
      rule: 'google-business.button-without-link',
      field: 'link',
    },
    {
      name: 'a call with a link',
      draft: practiceDraft({ text: 'Hello', link, settings: { callToAction: 'CALL' } }).draft,
      rule: 'google-business.call-with-link',
      field: 'link',
    },
    {
      name: 'an offer with a link',
      draft: practiceDraft({ link, settings: OFFER_OF_A_MONTH }).draft,
      rule: 'google-business.link-unsupported',
      field: 'link',
    },
    {
      name: 'an event that ends before it begins',
      draft: practiceDraft({ settings: { ...EVENING, endTime: '17:59' } }).draft,
      rule: 'google-business.end-before-start',
      field: 'settings/endDate',
    },
    {
      name: 'a photo of too few bytes',
      draft: practiceDraft({ text: 'Hello' }, [tiny]).draft,
      rule: 'google-business.photo-too-small',
      field: 'media/0',
    },
    {
      name: 'an update without a word',
      draft: practiceDraft({}, [loaf]).draft,
      rule: 'google-business.text-missing',
      field: 'text',
    },
  ],
  preparesOverHttp: false,
  publicCredentials: ['endsAt'],
  expire,
  connect,
});

async function connect(kit: PracticeKit): Promise<Authorization> {
  const { oauth } = kit.adapter;
  if (!oauth) throw new Error('Google connects by OAuth.');
  const { endpoints } = kit.context();
  const grant = await grantByConsent({ oauth, app: PRACTICE_APP, endpoints, approve: (url) => approve(url) });
  return oauth.authorize(kit.context(), grant);
}

async function expire(kit: PracticeKit): Promise<void> {
  const answer = await fetch(`${kit.sandbox.origin}/google-business/_practice/revoke`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: 'Practice Person', only: 'access' }),
  });
  expect(answer.status).toBe(204);
}
