import { PlatformRegistry } from '#platforms';
import { type ChannelTerms, type JsonObject } from '#platforms/core';
import { type Schedule } from '#planning';
import { ChannelLiveService } from '#publishing';
import { TestEngine, type TestTenant } from '../support/engine.js';
import { FilmNetwork } from './film-network.platform.js';

const TERMS: ChannelTerms = {
  account: { name: 'Practice', handle: 'practice' },
  maxVideoMs: 60_000,
  settings: {
    audience: { options: [{ value: 'friends', label: 'Friends' }] },
    comments: { unavailable: 'This account has switched comments off in Cinema.' },
  },
};

describe('what a platform says right now about posting as an account', () => {
  const network = new FilmNetwork();
  let engine: TestEngine;
  let tenant: TestTenant;
  let channel: string;

  beforeAll(async () => {
    engine = await TestEngine.start({}, new PlatformRegistry([network.platform]));
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    network.terms = TERMS;
    network.termsAsked = 0;
    tenant = await engine.tenant();
    channel = await engine.connect(tenant, 'cinema');
  });
  afterAll(() => engine.close());

  /** The other channels of the account. */
  const others = async (): Promise<string[]> => {
    const channels = await engine.channels.list(tenant.organizationId, tenant.workspaceId);
    return channels.map(({ id }) => id).filter((id) => id !== channel);
  };
  const live = () => engine.service(ChannelLiveService);
  const tomorrow: Schedule = { at: new Date(Date.now() + 86_400_000).toISOString(), timeZone: 'UTC' };
  const post = (settings: JsonObject, schedule: Schedule, text = 'A film') => ({
    ...{ content: { text }, media: [], schedule },
    channels: [{ id: channel, settings }],
  });
  const validate = (settings: JsonObject, schedule: Schedule = tomorrow) =>
    engine.posts.validate(tenant.organizationId, tenant.workspaceId, post(settings, schedule));
  const create = (settings: JsonObject, schedule: Schedule = tomorrow) =>
    engine.posts.create(tenant.author, tenant.workspaceId, post(settings, schedule), undefined, (created) => created);

  it('is asked of it once a minute for a channel, also by several at once', async () => {
    const { organizationId } = tenant;
    const answers = await Promise.all([1, 2, 3].map(() => live().terms(organizationId, channel)));
    expect(answers).toEqual([TERMS, TERMS, TERMS]);
    network.terms = {};
    expect(await live().terms(organizationId, channel)).toEqual(TERMS);
    expect(network.termsAsked).toBe(1);
    const [hall] = await others();
    expect(await live().terms(organizationId, hall!)).toEqual({});
  });

  it('is told why not where it does not answer, and asked again after that', async () => {
    engine.sandbox.faults.add({ operation: 'read', kind: 'refuse-unavailable', times: 2 });
    await expect(live().terms(tenant.organizationId, channel)).rejects.toMatchObject({
      slug: 'platform-failure',
      errors: [{ rule: 'unavailable' }],
    });
    expect(await live().terms(tenant.organizationId, channel)).toEqual(TERMS);
  });

  it('is not there for another organization', async () => {
    const stranger = await engine.tenant();
    await expect(live().terms(stranger.organizationId, channel)).rejects.toMatchObject({ slug: 'not-found' });
    expect(network.termsAsked).toBe(0);
  });

  it('is checked while a post is written that has a time, with the setting that is to be changed', async () => {
    const { errors, notices } = await validate({ audience: 'everyone', comments: true });
    expect(errors).toMatchObject([
      {
        ...{ rule: 'cinema.setting-not-offered', field: 'channels/0/settings/audience', channelId: channel },
        remedy: 'Choose "Friends".',
      },
      {
        ...{ rule: 'cinema.setting-unavailable', field: 'channels/0/settings/comments' },
        message: 'This account has switched comments off in Cinema.',
      },
    ]);
    expect(notices).toEqual([]);
    expect((await validate({ audience: 'friends' })).errors).toEqual([]);
  });

  it('keeps a post from being scheduled that breaks it, and no draft from being kept', async () => {
    await expect(create({ audience: 'everyone' })).rejects.toMatchObject({
      errors: [{ rule: 'cinema.setting-not-offered' }],
    });
    const asked = network.termsAsked;
    const draft = await create({ audience: 'everyone' }, null);
    const { id, version } = draft.post;
    await expect(engine.posts.update(tenant.author, id, version, { schedule: tomorrow })).rejects.toMatchObject({
      errors: [{ rule: 'cinema.setting-not-offered' }],
    });
    const kept = await engine.posts.update(tenant.author, id, version, { content: { text: 'Another film' } });
    expect(kept.publications).toEqual([]);
    expect(network.termsAsked).toBe(asked);
    const channels = [{ id: channel, settings: { audience: 'friends' } }];
    const planned = await engine.posts.update(tenant.author, id, kept.post.version, { schedule: tomorrow, channels });
    expect(planned.publications).toHaveLength(1);
    await expect(
      engine.posts.update(tenant.author, id, planned.post.version, {
        channels: [{ id: channel, settings: { audience: 'everyone' } }],
      }),
    ).rejects.toMatchObject({ errors: [{ rule: 'cinema.setting-not-offered' }] });
  });

  it('is not asked for a draft', async () => {
    await create({ audience: 'everyone' }, null);
    await validate({ audience: 'everyone' }, null);
    expect(network.termsAsked).toBe(0);
  });

  it('stands against nothing where it could not be asked, which is said', async () => {
    engine.sandbox.faults.add({ operation: 'read', kind: 'refuse-unavailable', times: 100 });
    const { errors, notices } = await validate({ audience: 'everyone' });
    expect(errors).toEqual([]);
    expect(notices).toMatchObject([
      {
        ...{ channelId: channel, rule: 'cinema.terms-unknown' },
        message: 'Cinema could not be asked what this account may post right now.',
      },
    ]);
    expect((await create({ audience: 'everyone' })).publications).toHaveLength(1);
  });

  it('is waited for no longer than five seconds, all channels side by side', async () => {
    const channels = [channel, ...(await others())];
    expect(channels).toHaveLength(2);
    engine.sandbox.faults.add({ operation: 'read', kind: 'slow', delayMs: 9_000, times: 2 });
    const began = performance.now();
    const { notices } = await engine.posts.validate(tenant.organizationId, tenant.workspaceId, {
      ...post({}, tomorrow),
      channels: channels.map((id) => ({ id })),
    });
    expect(performance.now() - began).toBeLessThan(8_500);
    expect(notices.map(({ channelId, rule }) => `${channelId} ${rule}`).sort()).toEqual(
      channels.map((id) => `${id} cinema.terms-unknown`).sort(),
    );
  });

  it('says that nothing can be posted right now, which stands against nothing that comes later', async () => {
    network.terms = { closed: 'This account has posted as often as Cinema allows in a day.' };
    const { errors, notices } = await validate({});
    expect(errors).toEqual([]);
    expect(notices).toMatchObject([
      { rule: 'cinema.closed-now', message: 'This account has posted as often as Cinema allows in a day.' },
    ]);
  });
});
