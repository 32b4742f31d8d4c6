import { createHmac } from 'node:crypto';
import { type CallbackRequest, type JsonObject } from '#platforms/core';
import { adapter } from './adapter.js';
import { NOTICE_LIFE_MS } from './callbacks.js';

const app = { clientId: 'key', clientSecret: 'secret' };
const EVENT = {
  client_key: 'key',
  event: 'authorization.removed',
  create_time: 1_615_338_610,
  user_openid: '-000abc',
  content: '{"reason": 1 }',
};

function request(body: JsonObject | string, { secret = app.clientSecret, ageMs = 0 } = {}): CallbackRequest {
  const raw = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const t = Math.floor((Date.now() - ageMs) / 1_000);
  const s = createHmac('sha256', secret)
    .update(`${t}.${raw.toString('utf8')}`)
    .digest('hex');
  return { headers: { 'tiktok-signature': `t=${t},s=${s}` }, query: {}, form: {}, raw };
}

const heard = (one: CallbackRequest) => adapter.callbacks?.notices?.(one, app);

// https://developers.tiktok.com/doc/webhooks-events
describe('what TikTok tells of its own accord', () => {
  it('is that a person took the permission back', () => {
    expect(heard(request(EVENT))).toEqual([
      { kind: 'account-gone', accountId: '-000abc', details: { event: 'authorization.removed', reason: 1 } },
    ]);
  });

  it('is nothing new where this installation gave the sign-in back itself', () => {
    expect(heard(request({ ...EVENT, content: '{"reason": 5}' }))).toMatchObject([{ kind: 'other' }]);
  });

  it('is other news, which nothing is done about', () => {
    expect(heard(request({ ...EVENT, event: 'post.publish.complete', content: '{}' }))).toMatchObject([
      { kind: 'other' },
    ]);
  });

  it.each(['nonsense', '[]', '{}', '{"event":"authorization.removed"}', '{"event":7,"user_openid":"1"}'])(
    'is nobody’s where it says %s',
    (body) => expect(heard(request(body))).toEqual([]),
  );
});

// https://developers.tiktok.com/doc/webhooks-verification
describe('what is not TikTok’s word', () => {
  it.each<[string, CallbackRequest]>([
    ['that of another app', request(EVENT, { secret: 'other' })],
    ['what is days old', request(EVENT, { ageMs: NOTICE_LIFE_MS + 60_000 })],
    ['what is not signed', { ...request(EVENT), headers: {} }],
    ['what was changed', { ...request(EVENT), raw: Buffer.from(JSON.stringify({ ...EVENT, user_openid: 'other' })) }],
    ['a signature that is none', { ...request(EVENT), headers: { 'tiktok-signature': 't=x,s=' } }],
  ])('is %s', (_what, one) => expect(heard(one)).toBeUndefined());
});
