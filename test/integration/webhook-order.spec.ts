import { jest } from '@jest/globals';
import { Database } from '#kernel';
import { WebhookDelivery } from '#notifications';
import { PracticeApi } from '../support/practice-api.js';
import { until } from '../support/processes.js';
import { Receiver } from '../support/receiver.js';
import { collectAll } from '../support/webhooks.js';

const DELIVERED = `select 1 from webhook_deliveries where organization_id = $1 and state = 'delivered'`;

describe('what a webhook is told in its order', () => {
  let practice: PracticeApi;
  let receiver: Receiver;
  beforeAll(async () => {
    practice = await PracticeApi.start({ OUTBOUND_ALLOW: '127.0.0.1/32' });
    receiver = await Receiver.start();
  });
  afterAll(async () => {
    await receiver?.close();
    await practice?.close();
  });

  it('goes on when a message is answered while it is looked around for what is due', async () => {
    const { app } = practice.api;
    const delivery = app.get(WebhookDelivery, { strict: false });
    const account = await practice.api.signUp();
    const as = practice.as(account);
    const eventTypes = ['post.created', 'post.deleted'];
    await as
      .post('/v1/webhooks')
      .send({ url: `${receiver.origin}/place`, eventTypes })
      .expect(201);
    const { body: post, headers } = await as
      .post(`/v1/workspaces/${account.workspaceId}/posts`)
      .send({ content: { text: 'Hello' }, channels: [], schedule: null })
      .expect(201);
    await as
      .delete(`/v1/posts/${post.id}`)
      .set('if-match', headers['etag'] ?? '')
      .expect(204);
    await collectAll(delivery, practice.owner, account.organizationId);

    let answer = (): void => undefined;
    receiver.answer('place', (response) => (answer = () => void response.writeHead(204).end()));
    const database = app.get(Database, { strict: false });
    const engine = database.engine.bind(database);
    let looks = 0;
    const looking = jest.spyOn(database, 'engine').mockImplementation(async (work) => {
      const found = await engine(work);
      if (!Array.isArray(found)) return found;
      looks += 1;
      // The second look found nothing, because the first message has no answer yet. Before it is told so, that comes.
      if (looks !== 2) return found;
      receiver.answer('place');
      answer();
      await until(
        async () => (await practice.owner.query(DELIVERED, [account.organizationId])).rowCount || undefined,
        () => 'The answer to the first message was not written down.',
      );
      return found;
    });
    await delivery.deliver().finally(() => looking.mockRestore());
    expect(looks).toBeGreaterThan(2);
    expect(receiver.at('place').map(({ type }) => type)).toEqual(eventTypes);
  });
});
