import { TOTP } from 'otpauth';
import { AUDIT_WORDS } from '#accounts';
import { type Agent, type TestAccount } from '../support/api.js';
import { PracticeApi } from '../support/practice-api.js';
import { addTeammate, newAddress } from '../support/team.js';
import { mediaDrivers } from './audit-media.js';
import { NOT_DRIVEN } from './audit-not-driven.js';

/** An entry as the API tells it. */
interface Entry {
  at: string;
  actor: { name: string; via: string; userId: string | null; apiKeyId: string | null };
  operation: string;
  words: string;
  permission: string | null;
  subject: { type: string; id: string; name: string | null } | null;
  workspaceId: string | null;
  details: { changes?: Record<string, { from?: unknown; to?: unknown }> };
  ip: string | null;
  userAgent: string | null;
}

describe('the audit log', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let agent: Agent;

  beforeAll(async () => {
    practice = await PracticeApi.start();
    account = await practice.api.signUp({ name: 'Ada Lovelace', organization: 'North Roast' });
    agent = account.agent;
  });
  afterAll(() => practice.close());

  const list = async (query: Record<string, string> = {}, who = account): Promise<Entry[]> =>
    (
      await practice
        .as(who)
        .get('/v1/audit-log')
        .query({ limit: '100', ...query })
        .expect(200)
    ).body.data;
  const last = async (operation: string): Promise<Entry> => {
    const [entry] = await list({ operation });
    if (!entry) throw new Error(`${operation} left no entry.`);
    return entry;
  };
  const newWorkspace = async (name: string): Promise<string> =>
    (await agent.post('/v1/workspaces').send({ name, timeZone: 'UTC' }).expect(201)).body.id;
  const draft = async (text: string) => {
    const answer = await agent
      .post(`/v1/workspaces/${account.workspaceId}/posts`)
      .send({ content: { text }, channels: [], schedule: null })
      .expect(201);
    return { id: answer.body.id as string, etag: answer.headers['etag'] as string };
  };
  /** One to which nothing is sent: the guard refuses its address. */
  const webhook = async (): Promise<string> => {
    const { body } = await agent.post('/v1/webhooks').send({ url: 'https://1.1.1.1/', eventTypes: 'all' }).expect(201);
    await practice.owner.query(`update webhooks set url = 'https://[::1]/' where id = $1`, [body.id]);
    return `/v1/webhooks/${body.id}`;
  };
  const publication = async (...states: string[]): Promise<string> => {
    const channel = await practice.connect(account);
    const { publications } = await practice.schedule(account, [channel]);
    await practice.bring(publications[0].id, states);
    return publications[0].id;
  };

  /** By operation: does it once, successfully. */
  const drivers: Readonly<Record<string, () => Promise<unknown>>> = {
    createApiKey: () => agent.post('/v1/api-keys').send({ name: 'importer' }).expect(201),
    revokeApiKey: async () => {
      const { body } = await agent.post('/v1/api-keys').send({ name: 'short-lived' }).expect(201);
      await agent.delete(`/v1/api-keys/${body.id}`).expect(204);
    },
    createWorkspace: () => newWorkspace('South Roast'),
    updateWorkspace: async () => {
      const id = await newWorkspace('East Roast');
      await agent.patch(`/v1/workspaces/${id}`).send({ timeZone: 'Europe/Berlin' }).expect(200);
    },
    pauseWorkspace: () => agent.post(`/v1/workspaces/${account.workspaceId}/pause`).expect(200),
    resumeWorkspace: () => agent.post(`/v1/workspaces/${account.workspaceId}/resume`).expect(200),
    archiveWorkspace: async () => agent.post(`/v1/workspaces/${await newWorkspace('West')}/archive`).expect(200),
    restoreWorkspace: async () => {
      const id = await newWorkspace('Far West');
      await agent.post(`/v1/workspaces/${id}/archive`).expect(200);
      await agent.post(`/v1/workspaces/${id}/restore`).expect(200);
    },
    pauseOrganization: () => agent.post(`/v1/organizations/${account.organizationId}/pause`).expect(200),
    resumeOrganization: () => agent.post(`/v1/organizations/${account.organizationId}/resume`).expect(200),
    updateOrganization: () =>
      agent.patch(`/v1/organizations/${account.organizationId}`).send({ name: 'North & Roast' }).expect(200),
    inviteMember: () =>
      agent
        .post(`/v1/organizations/${account.organizationId}/invitations`)
        .send({ email: newAddress(), role: 'admin' })
        .expect(201),
    resendInvitation: async () => agent.post(`${await invitation()}/resend`).expect(({ ok }) => expect(ok).toBe(true)),
    revokeInvitation: async () => agent.delete(await invitation()).expect(204),
    updateMember: async () => {
      const { userId } = await addTeammate(practice, account, { role: 'support' });
      await agent
        .patch(`/v1/organizations/${account.organizationId}/members/${userId}`)
        .send({ role: 'admin' })
        .expect(200);
    },
    removeMember: async () => {
      const { userId } = await addTeammate(practice, account, { role: 'support' });
      await agent.delete(`/v1/organizations/${account.organizationId}/members/${userId}`).expect(204);
    },
    putAbsence: async () => putAbsence(),
    deleteAbsence: async () => agent.delete(await putAbsence()).expect(204),
    leaveOrganization: async () => {
      const mate = await addTeammate(practice, account, { role: 'admin' });
      await mate.agent.post(`/v1/organizations/${account.organizationId}/leave`).expect(204);
    },
    createConnection: () => practice.connect(account, 'bluesky'),
    deleteConnection: async () => {
      const channel = await practice.connect(account, 'webhook');
      const { rows } = await practice.owner.query('select connection_id as id from channels where id = $1', [
        channel.id,
      ]);
      await agent.delete(`/v1/connections/${rows[0].id}`).expect(204);
    },
    addChannels: async () => {
      const { id } = await practice.connect(account);
      const { rows } = await practice.owner.query('select connection_id, external_id from channels where id = $1', [
        id,
      ]);
      const body = { workspaceId: account.workspaceId, places: [rows[0].external_id] };
      await agent.post(`/v1/connections/${rows[0].connection_id}/channels`).send(body).expect(200);
    },
    beginReconnection: () => reconnecting(),
    confirmReconnection: async () =>
      agent
        .post(`${await reconnecting()}/confirm`)
        .send({})
        .expect(200),
    deleteReconnection: async () => agent.delete(await reconnecting()).expect(204),
    pauseChannel: async () => agent.post(`/v1/channels/${(await practice.connect(account)).id}/pause`).expect(200),
    resumeChannel: async () => agent.post(`/v1/channels/${(await practice.connect(account)).id}/resume`).expect(200),
    deleteChannel: async () => agent.delete(`/v1/channels/${(await practice.connect(account)).id}`).expect(204),
    ...mediaDrivers(() => ({ agent, workspaceId: account.workspaceId })),
    createPost: () => draft('Good morning from the roastery.'),
    updatePost: async () => {
      const { id, etag } = await draft('Before');
      await agent
        .patch(`/v1/posts/${id}`)
        .set('If-Match', etag)
        .send({ content: { text: 'After' } })
        .expect(200);
    },
    createWebhook: () => webhook(),
    updateWebhook: async () =>
      agent
        .patch(await webhook())
        .set('If-Match', '"1"')
        .send({ description: 'For the shop' })
        .expect(200),
    deleteWebhook: async () =>
      agent
        .delete(await webhook())
        .set('If-Match', '"1"')
        .expect(204),
    rotateWebhookSecret: async () => agent.post(`${await webhook()}/secret`).expect(200),
    testWebhook: async () => agent.post(`${await webhook()}/test`).expect(200),
    repeatWebhookDelivery: async () => {
      const place = await webhook();
      const { body } = await agent.post(`${place}/test`).expect(200);
      await agent.post(`${place}/deliveries/${body.id}/repeat`).expect(200);
    },
    repeatWebhookDeliveries: async () =>
      agent
        .post(`${await webhook()}/deliveries/repeat`)
        .send({ since: '2026-01-01T00:00:00Z' })
        .expect(200),
    deletePost: async () => {
      const { id, etag } = await draft('Never mind');
      await agent.delete(`/v1/posts/${id}`).set('If-Match', etag).expect(204);
    },
    retryPublication: async () => {
      await agent.post(`/v1/publications/${await publication('preparing', 'failed')}/retry`).expect(200);
    },
    holdPublication: async () => agent.post(`/v1/publications/${await publication()}/hold`).expect(200),
    releasePublication: async () => {
      const id = await publication();
      await agent.post(`/v1/publications/${id}/hold`).expect(200);
      await agent.post(`/v1/publications/${id}/release`).expect(200);
    },
    reconcilePublication: async () => {
      const id = await publication('preparing', 'ready', 'committing', 'unconfirmed');
      await agent.post(`/v1/publications/${id}/reconcile`).expect(({ ok }) => expect(ok).toBe(true));
    },
    cancelPublication: async () => agent.post(`/v1/publications/${await publication()}/cancel`).expect(200),
    resolvePublication: async () => {
      const id = await publication('preparing', 'ready', 'committing', 'unconfirmed');
      await agent.post(`/v1/publications/${id}/resolve`).send({ outcome: 'not-published' }).expect(200);
    },
    removePublication: async () => {
      const id = await publication('preparing', 'ready', 'committing', 'published');
      await practice.owner.query(
        `update segments s set fences = 1, first_fenced_at = now(), fenced_at = now(), settled_at = now(), published_at = now(),
           outcome = 'published', platform_account = c.platform || ':practice:' || c.external_id,
           platform_object_id = 'at://' || c.external_id || '/app.bsky.feed.post/3l2removed2k'
          from channels c where c.id = s.channel_id and s.publication_id = $1`,
        [id],
      );
      await agent.post(`/v1/publications/${id}/remove`).expect(200);
    },
    carryOutSupportAction: async () => {
      const ids = [await publication('preparing', 'failed')];
      const { body } = await agent.post('/v1/support/actions/preview').send({ action: 'retry', ids }).expect(200);
      await agent.post('/v1/support/actions').send({ previewToken: body.previewToken }).expect(200);
    },
    putNotificationPreferences: async () => {
      const { body } = await agent.get('/v1/me/notification-preferences').expect(200);
      await agent.put('/v1/me/notification-preferences').send(body).expect(200);
    },
    switchOrganization: () =>
      agent.post('/v1/auth/switch').send({ organizationId: account.organizationId }).expect(200),
    endOtherSessions: () => agent.delete('/v1/auth/sessions').expect(204),
    endSession: async () => {
      const other = practice.api.agent();
      await other.post('/v1/auth/login').send({ email: account.email, password: account.password }).expect(200);
      const { body } = await agent.get('/v1/auth/sessions').expect(200);
      const { id } = body.data.find(({ current }: { current: boolean }) => !current);
      await agent.delete(`/v1/auth/sessions/${id}`).expect(204);
    },
    changePassword: async () => {
      const [currentPassword, newPassword] = [account.password, 'another long passphrase'];
      await agent.post('/v1/auth/password').send({ currentPassword, newPassword }).expect(204);
      account = { ...account, password: newPassword };
    },
    confirmSecondFactor: async () => {
      const { password } = account;
      const { body } = await agent.post('/v1/auth/second-factor/begin').send({ password }).expect(200);
      const code = new TOTP({ secret: body.secret }).generate();
      await agent.post('/v1/auth/second-factor/confirm').send({ code }).expect(200);
    },
    requireSecondFactor: async () => {
      const path = `/v1/organizations/${account.organizationId}/second-factor`;
      await agent.put(path).send({ required: true }).expect(204);
      await agent.put(path).send({ required: false }).expect(204);
    },
    renewRecoveryCodes: () =>
      agent.post('/v1/auth/second-factor/recovery-codes').send({ password: account.password }).expect(200),
    removeSecondFactor: () =>
      agent.post('/v1/auth/second-factor/remove').send({ password: account.password }).expect(204),
    createComment: () => comment(),
    updateComment: async () => {
      await agent
        .patch(`/v1/comments/${await comment()}`)
        .send({ resolved: true })
        .expect(200);
    },
    deleteComment: async () => agent.delete(`/v1/comments/${await comment()}`).expect(204),
    setApprovalWorkflow: () => workflow('optional'),
    requestApproval: async () => {
      await agent.post(`/v1/posts/${await scheduled()}/approval/requests`).expect(({ ok }) => expect(ok).toBe(true));
    },
    decideApproval: async () => {
      const id = await scheduled();
      await agent.post(`/v1/posts/${id}/approval/requests`);
      const { body } = await agent.get(`/v1/posts/${id}/approval`).expect(200);
      const decision = { decision: 'approve', contentHash: body.contentHash };
      await agent.post(`/v1/posts/${id}/approval/decisions`).send(decision).expect(200);
    },
    createReviewLink: () => reviewLink(),
    revokeReviewLink: async () => agent.delete(await reviewLink()).expect(204),
    revokeReviewLinks: async () => {
      const link = await reviewLink();
      await agent.delete(link.slice(0, link.lastIndexOf('/'))).expect(204);
    },
    transferOrganization: async () => {
      const { userId } = await addTeammate(practice, account, { role: 'admin' });
      await agent.post(`/v1/organizations/${account.organizationId}/transfer`).send({ userId }).expect(200);
    },
  };

  const workflow = (mode: string) => {
    const steps = [{ name: 'Lead', approvers: { roles: ['owner'] }, rule: 'any' }];
    const body = { mode, selfApproval: true, rescheduleNeedsApproval: false, steps };
    return agent.put(`/v1/workspaces/${account.workspaceId}/approval-workflow`).send(body).expect(200);
  };
  const comment = async (): Promise<string> => {
    const { id } = await draft('Is this good?');
    const { body } = await agent.post(`/v1/posts/${id}/comments`).send({ text: 'Very good.' }).expect(201);
    return body.id;
  };
  const reviewLink = async (): Promise<string> => {
    const path = `/v1/posts/${(await draft('For the client.')).id}/review-links`;
    const { body } = await agent.post(path).send({ name: 'Clara' }).expect(201);
    return `${path}/${body.id}`;
  };
  const scheduled = async (): Promise<string> => {
    await workflow('required');
    return (await practice.schedule(account, [await practice.connect(account)])).id;
  };
  let accounts = 0;
  const reconnecting = async (): Promise<string> => {
    accounts += 1;
    const service = `${practice.sandbox.origin}/bluesky`;
    const credentials = { service, identifier: `roast${accounts}.bsky.test`, password: 'practice' };
    const { body } = await agent
      .post(`/v1/workspaces/${account.workspaceId}/connections`)
      .send({ platform: 'bluesky', credentials })
      .expect(201);
    await agent.post(`/v1/connections/${body.id}/reconnect`).send({ credentials }).expect(200);
    return `/v1/connections/${body.id}/reconnect`;
  };
  const putAbsence = async (): Promise<string> => {
    const { userId } = await addTeammate(practice, account, { role: 'support' });
    const path = `/v1/organizations/${account.organizationId}/members/${userId}/absence`;
    const [from, until] = [1, 2].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
    await agent.put(path).send({ from, until, delegateId: account.userId }).expect(200);
    return path;
  };
  const invitation = async (): Promise<string> => {
    const path = `/v1/organizations/${account.organizationId}/invitations`;
    const { body } = await agent.post(path).send({ email: newAddress(), role: 'admin' }).expect(201);
    return `${path}/${body.id}`;
  };

  /** https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1 */
  const SAFE = ['get', 'head', 'options'];

  it('has a way, or a reason, for every route that changes something, and words for it', async () => {
    const { body } = await practice.api.agent().get('/v1/openapi.json').expect(200);
    const changing = Object.values<Record<string, Record<string, string>>>(body.paths).flatMap((path) =>
      Object.entries(path).flatMap(([method, operation]) =>
        !SAFE.includes(method) && operation['x-permission'] ? [operation['operationId'] ?? ''] : [],
      ),
    );
    expect(changing.length).toBeGreaterThan(40);
    expect([...Object.keys(drivers), ...Object.keys(NOT_DRIVEN)].sort()).toEqual(changing.sort());
    expect(Object.keys(drivers).filter((operation) => !(operation in AUDIT_WORDS))).toEqual([]);
  });

  // In the order of the table: the last ones change who may do what.
  it.each(Object.keys(drivers))('tells of %s who did it and from where', async (operation) => {
    const before = (await list({ operation })).length;
    await drivers[operation]?.();
    const entries = await list({ operation });
    expect(entries.length).toBeGreaterThan(before);
    const [entry] = entries;
    expect(entry).toMatchObject({
      operation,
      words: AUDIT_WORDS[operation],
      actor: { name: expect.stringMatching(/./), userId: expect.any(String) },
      ip: expect.stringMatching(/127\.0\.0\.1$/),
    });
    const own = /^(session|sign-in)$/.test(entry?.actor.via ?? '') && entry?.subject?.type === 'user';
    const unnamed = ['carryOutSupportAction', 'switchOrganization', 'putNotificationPreferences'].includes(operation);
    if (!own && !unnamed) expect(entry?.subject).toMatchObject({ id: expect.any(String), name: expect.any(String) });
  });

  it('names what was made and what was changed, before and after', async () => {
    expect(await last('updateWorkspace')).toMatchObject({
      subject: { type: 'workspace', name: 'East Roast' },
      details: { changes: { timeZone: { from: 'UTC', to: 'Europe/Berlin' } } },
    });
    expect((await last('updateWorkspace')).workspaceId).toBe((await last('updateWorkspace')).subject?.id);
    expect(await last('createPost')).toMatchObject({ subject: { type: 'post' }, workspaceId: account.workspaceId });
    expect(await last('updateMember')).toMatchObject({
      subject: { type: 'member' },
      details: { changes: { role: { from: 'support', to: 'admin' } } },
    });
    expect(await last('pauseOrganization')).toMatchObject({
      details: { changes: { paused: { from: false, to: true } } },
    });
    expect(await last('holdPublication')).toMatchObject({
      subject: { type: 'publication' },
      details: { changes: { state: { from: 'scheduled', to: 'held' } } },
    });
    expect(await last('createApiKey')).toMatchObject({ subject: { type: 'api-key', name: expect.any(String) } });
  });

  it('tells of a new organization there', async () => {
    const founder = await practice.api.signUp();
    const { body } = await founder.agent.post('/v1/organizations').send({ name: 'Second company' }).expect(201);
    await founder.agent.post('/v1/auth/switch').send({ organizationId: body.organization.id }).expect(200);
    const there = await founder.agent.get('/v1/audit-log').expect(200);
    expect(there.body.data.map((entry: Entry) => entry.words)).toContain('created the organization');
    expect(await list({ operation: 'createOrganization' }, founder)).toEqual([]);
  });

  it('tells of what was tried in vain as such', async () => {
    await practice.api.agent().post('/v1/auth/login').send({ email: account.email, password: 'wrong' }).expect(401);
    expect(await last('logIn')).toMatchObject({
      words: 'tried to sign in, in vain',
      actor: { name: 'Somebody', userId: null },
    });
  });

  it('holds no secret', async () => {
    const { body: key } = await agent.post('/v1/api-keys').send({ name: 'secretive' }).expect(201);
    const { rows } = await practice.owner.query('select row_to_json(a)::text as entry from audit_log a');
    const all = rows.map(({ entry }: { entry: string }) => entry).join();
    expect(rows.length).toBeGreaterThan(50);
    for (const secret of [key.key, account.apiKey, account.password, 'practice-', 'eyJ']) {
      expect(all).not.toContain(secret);
    }
  });
});
