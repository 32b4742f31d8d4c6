import { type CommitContext, type JsonObject } from '#platforms/core';
import { googleCredentialsOf } from '#platforms/google';
import { adapter } from './adapter.js';
import { manifest, PRACTICE_APP, SCOPE } from './manifest.js';
import { at, CALLBACK, draft, EVENING, photo, Practice, text } from './practice.fixture.js';

let practice: Practice;
let ctx: CommitContext;
let posts: string;
beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(async () => {
  practice.reset();
  ctx = await practice.place();
  posts = `/mybusiness/v4/${text(ctx.channelDetails.account)}/${ctx.channelId}/localPosts`;
});
afterAll(() => practice.sandbox.close());

const update = { topicType: 'STANDARD', languageCode: 'en-US', summary: 'Fresh bread' };
const fieldsOf = (body: JsonObject) => JSON.stringify((body.error as JsonObject).details);
const evening = {
  ...{ ...update, topicType: 'EVENT' },
  event: {
    title: 'An evening of bread',
    schedule: {
      ...{ startDate: { year: 2026, month: 12, day: 31 }, startTime: { hours: 18 } },
      ...{ endDate: { year: 2026, month: 12, day: 31 }, endTime: { hours: 21, minutes: 30 } },
    },
  },
};

async function token(form: Record<string, string>): Promise<{ status: number; body: JsonObject }> {
  const body = new URLSearchParams({
    client_id: PRACTICE_APP.clientId,
    client_secret: PRACTICE_APP.clientSecret,
    ...form,
  });
  const answer = await fetch(`${practice.sandbox.origin}/google-business/oauth2/token`, { method: 'POST', body });
  return { status: answer.status, body: (await answer.json()) as JsonObject };
}

// https://developers.google.com/identity/protocols/oauth2/web-server
describe('the sign-in of the practice network', () => {
  const page = (changes: Record<string, string>) => {
    const url = new URL(`${practice.sandbox.origin}/google-business/accounts/o/oauth2/v2/auth`);
    const asked = { client_id: PRACTICE_APP.clientId, redirect_uri: CALLBACK, response_type: 'code', scope: SCOPE };
    for (const [name, value] of Object.entries({ ...asked, ...changes })) url.searchParams.set(name, value);
    return url.href;
  };

  it.each([
    [{ client_id: 'another' }, 'invalid_client'],
    [{ redirect_uri: '/callback' }, 'redirect_uri_mismatch'],
    [{ scope: `${SCOPE} openid2` }, 'invalid_scope'],
    [{ response_type: 'token' }, 'invalid_request'],
    [{ approval: 'force' }, 'invalid_request'],
    [{ access_type: 'always' }, 'invalid_request'],
  ])('shows no consent for %j', async (changes, said) => {
    const answer = await fetch(page(changes));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(said);
  });

  it('is marked as practice, and lets each permission be unticked', async () => {
    const html = await (await fetch(page({}))).text();
    expect(html).toContain('Practice network');
    expect(html).toContain(`name="scope" value="${SCOPE}" checked`);
  });

  const redeemed = async (asked: Record<string, string>) => {
    const form = new URLSearchParams({ decision: 'continue', person: 'Ben', scope: SCOPE });
    const answer = await fetch(page(asked), { method: 'POST', body: form, redirect: 'manual' });
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    return token({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK });
  };

  it('hands out a refresh token only for a sign-in that lasts, and again only where people are asked again', async () => {
    expect((await redeemed({})).body).not.toHaveProperty('refresh_token');
    expect((await redeemed({ access_type: 'offline' })).body).not.toHaveProperty('refresh_token');
    const { body } = await redeemed({ access_type: 'offline', prompt: 'consent' });
    expect(body).toMatchObject({ expires_in: 3_599, token_type: 'Bearer', scope: SCOPE });
    expect(body.refresh_token).toMatch(/^1\/\//);
    expect(body).not.toHaveProperty('refresh_token_expires_in');
  });

  it('wants the proof key of whoever asked with one', async () => {
    const { body } = await redeemed({ code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' });
    expect(body).toMatchObject({ error: 'invalid_grant', error_description: 'Missing code verifier.' });
  });

  it.each([
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ grant_type: 'refresh_token', refresh_token: '1//guessed' }, 400, 'invalid_grant'],
    [{ grant_type: 'refresh_token', refresh_token: 'x', client_secret: 'guessed' }, 401, 'invalid_client'],
    [{ grant_type: 'authorization_code', code: '4/guessed', redirect_uri: CALLBACK }, 400, 'invalid_grant'],
    [{ grant_type: 'refresh_token', refresh_token: 'x', scope: 'y' }, 400, 'invalid_request'],
  ])('answers %j with %i', async (form, status, error) => {
    const answer = await token(form);
    expect(answer).toMatchObject({ status, body: { error } });
  });

  it('takes an access token back together with what renews it', async () => {
    const { accessToken, refreshToken } = googleCredentialsOf(ctx);
    const revoke = () =>
      fetch(`${practice.sandbox.origin}/google-business/oauth2/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ token: accessToken }),
      });
    expect((await revoke()).status).toBe(200);
    expect((await token({ grant_type: 'refresh_token', refresh_token: refreshToken })).body.error).toBe(
      'invalid_grant',
    );
    const again = await revoke();
    expect([again.status, await again.json()]).toMatchObject([400, { error: 'invalid_token' }]);
  });

  it('lets a person take the app away', async () => {
    const connections = `${practice.sandbox.origin}/google-business/accounts/connections`;
    const html = await (await fetch(connections)).text();
    const person = /name="person" value="(\d+)"/.exec(html)?.[1] ?? '';
    await fetch(connections, { method: 'POST', body: new URLSearchParams({ person }) });
    expect((await practice.ask(ctx, 'GET', posts)).status).toBe(401);
  });
});

// https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts
describe('the posts of the practice network', () => {
  it('are live at once without a photo, and after a check with one', async () => {
    const plain = await practice.ask(ctx, 'POST', posts, update);
    expect(plain).toMatchObject({ status: 200, body: { state: 'LIVE', searchUrl: expect.any(String) as string } });
    const media = [{ mediaFormat: 'PHOTO', sourceUrl: await (await photo()).address() }];
    const made = await practice.ask(ctx, 'POST', posts, { ...update, media });
    expect(made.body.state).toBe('PROCESSING');
    expect(made.body).not.toHaveProperty('searchUrl');
    practice.pass(4_000);
    const { body } = await practice.ask(ctx, 'GET', `/mybusiness/v4/${text(made.body.name)}`);
    expect(body).toMatchObject({ state: 'LIVE', media: [{ mediaFormat: 'PHOTO' }] });
    expect(practice.sandbox.visible(manifest.id)).toHaveLength(2);
  });

  it.each(['Call 217 555 0100', 'Dial (217) 555-0100 now', '+491711234567'])(
    'are rejected for "%s"',
    async (summary) => {
      const { body } = await practice.ask(ctx, 'POST', posts, { ...update, summary });
      practice.pass(4_000);
      const after = await practice.ask(ctx, 'GET', `/mybusiness/v4/${text(body.name)}`);
      expect([body.state, after.body.state]).toEqual(['PROCESSING', 'REJECTED']);
      expect(practice.sandbox.visible(manifest.id)).toEqual([]);
    },
  );

  it.each(['On 2026-12-31 at 18:30', 'Order 4711 for 12.50', 'f2a91234-5678-1234-5678-123456789012'])(
    'are not rejected for "%s"',
    async (summary) => {
      expect((await practice.ask(ctx, 'POST', posts, { ...update, summary })).body.state).toBe('LIVE');
    },
  );

  it('disappear where a change of the text is rejected', async () => {
    const { body } = await practice.ask(ctx, 'POST', posts, update);
    const path = `/mybusiness/v4/${text(body.name)}`;
    const changed = await practice.ask(ctx, 'PATCH', `${path}?updateMask=summary`, { summary: 'Call 217 555 0100' });
    expect(changed.body.state).toBe('PROCESSING');
    practice.pass(4_000);
    expect((await practice.ask(ctx, 'GET', path)).body.state).toBe('REJECTED');
    expect(practice.sandbox.visible(manifest.id)).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    ['a field that there is none of', { ...update, title: 'Bread' }, 'Unknown name'],
    ['no kind', { summary: 'Fresh' }, 'topic_type'],
    ['an alert', { ...update, topicType: 'ALERT' }, 'topic_type'],
    ['no text', { topicType: 'STANDARD' }, 'summary'],
    ['too long a text', { ...update, summary: 'x'.repeat(1_501) }, 'summary'],
    ['a button without an address', { ...update, callToAction: { actionType: 'BOOK' } }, 'call_to_action.url'],
    [
      'a call with an address',
      { ...update, callToAction: { actionType: 'CALL', url: 'https://example.com' } },
      'call_to_action.url',
    ],
    ['a button of no kind', { ...update, callToAction: { actionType: 'GET_OFFER' } }, 'call_to_action.action_type'],
    ['an update with an event', { ...update, event: evening.event }, '"event"'],
    ['an event without a time', { ...update, topicType: 'EVENT', event: { title: 'Bread' } }, 'event.schedule'],
    ['an offer without a time', { ...update, topicType: 'OFFER', offer: { couponCode: 'RYE' } }, '"event"'],
    ['too long a title', { ...evening, event: { ...evening.event, title: 'x'.repeat(59) } }, 'event.title'],
    [
      'an end before its beginning',
      { ...evening, event: { ...evening.event, schedule: { ...evening.event.schedule, endTime: { hours: 17 } } } },
      'event.schedule',
    ],
    [
      'a day that there is none of',
      {
        ...evening,
        event: {
          ...evening.event,
          schedule: { ...evening.event.schedule, startDate: { year: 2026, month: 2, day: 30 } },
        },
      },
      'event.schedule.start',
    ],
    [
      'an offer redeemed nowhere',
      { ...evening, topicType: 'OFFER', offer: { redeemOnlineUrl: 'shop' } },
      'redeem_online_url',
    ],
    [
      'a video',
      { ...update, media: [{ mediaFormat: 'VIDEO', sourceUrl: 'https://example.com/a.mp4' }] },
      'media_format',
    ],
    [
      'a photo that is nowhere',
      { ...update, media: [{ mediaFormat: 'PHOTO', sourceUrl: 'http://127.0.0.1:9/x' }] },
      'Fetching image failed.',
    ],
  ])('are refused with %s', async (_name, body, field) => {
    const answer = await practice.ask(ctx, 'POST', posts, body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 400, status: 'INVALID_ARGUMENT' } } });
    expect(fieldsOf(answer.body)).toContain(field);
    expect(practice.sandbox.visible(manifest.id)).toEqual([]);
  });

  it('are listed newest first, by pages of 100 at the most', async () => {
    for (const minutes of [1, 2, 3]) {
      const when = new Date(practice.now().getTime() - minutes * 60_000).toISOString();
      const fields = { ...update, summary: `Loaf ${minutes}` };
      await practice.order('post', { person: 'Practice Person', title: 'Practice Bakery', fields, at: when });
    }
    const first = await practice.ask(ctx, 'GET', `${posts}?pageSize=2`);
    const summaries = (body: JsonObject) => (body.localPosts as JsonObject[]).map(({ summary }) => summary);
    expect(summaries(first.body)).toEqual(['Loaf 1', 'Loaf 2']);
    const next = await practice.ask(ctx, 'GET', `${posts}?pageSize=2&pageToken=${text(first.body.nextPageToken)}`);
    expect(summaries(next.body)).toEqual(['Loaf 3']);
    expect(next.body).not.toHaveProperty('nextPageToken');
    expect((await practice.ask(ctx, 'GET', `${posts}?pageSize=101`)).status).toBe(400);
    expect((await practice.ask(ctx, 'GET', `${posts}?orderBy=x`)).status).toBe(400);
  });

  it('leave zeros out of what they say', async () => {
    const prepared = await practice.prepare(ctx, draft({ settings: { ...EVENING, startTime: '00:00' } }));
    const { body } = await practice.ask(ctx, 'POST', posts, prepared.post);
    const { schedule } = body.event as { schedule: JsonObject };
    expect(schedule).toMatchObject({ startTime: {}, endTime: { hours: 21, minutes: 30 } });
    expect(schedule.startTime).toEqual({});
  });

  it('are out of reach for others, and for tokens that are none', async () => {
    const stranger = await practice.account({ person: 'Ben' });
    expect((await practice.ask(stranger, 'GET', posts)).status).toBe(403);
    const { status, body } = await practice.ask(
      { ...ctx, credentials: { accessToken: 'ya29.guessed', refreshToken: 'x' } },
      ...(['GET', posts] as const),
    );
    expect({ status, body }).toMatchObject({ status: 401, body: { error: { status: 'UNAUTHENTICATED' } } });
    // There is none on a place that can have none.
    const kiosk = at(ctx, { ...(await first()), id: ctx.channelId ?? '' });
    await practice.order('place', { person: 'Practice Person', title: 'Practice Bakery', canPost: false });
    expect((await practice.ask(kiosk, 'POST', posts, update)).status).toBe(400);
  });

  const first = async () => {
    const [channel] = await adapter.listChannels(ctx);
    if (!channel) throw new Error('There is no place.');
    return channel;
  };
});

// https://developers.google.com/my-business/reference/businessinformation/rest/v1/accounts.locations/list
describe('the places of the practice network', () => {
  it.each([
    ['', 400],
    ['?readMask=name,title', 200],
    ['?readMask=name,owner', 400],
    ['?readMask=name&pageSize=101', 400],
    ['?readMask=name&pageToken=nowhere', 400],
    ['?readMask=name&view=FULL', 400],
  ])('are asked with "%s": %i', async (query, status) => {
    const path = `/businessinformation/v1/${text(ctx.channelDetails.account)}/locations${query}`;
    expect((await practice.ask(ctx, 'GET', path)).status).toBe(status);
  });

  it('are asked 300 times a minute at the most', async () => {
    const path = '/accountmanagement/v1/accounts';
    // A minute begins, so that all of them are within it.
    practice.pass(60_000 - (practice.now().getTime() % 60_000));
    const asked = await Promise.all(Array.from({ length: 301 }, () => practice.ask(ctx, 'GET', path)));
    const refused = asked.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(fieldsOf(refused[0]?.body ?? {})).toContain('"quota_limit_value":"300"');
    practice.pass(60_000);
    expect((await practice.ask(ctx, 'GET', path)).status).toBe(200);
  });
});
