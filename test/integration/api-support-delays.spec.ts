import { type TestAccount } from '../support/api.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';

describe('what delays publications although nobody paused them', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let channel: TestChannel;

  beforeAll(async () => {
    practice = await PracticeApi.start();
    account = await practice.api.signUp();
    channel = await practice.connect(account);
  });
  afterAll(() => practice?.close());

  const delays = async (who: TestAccount): Promise<unknown[]> =>
    (await practice.as(who).get('/v1/support/delays').expect(200)).body.data;

  it('tells of a server that is away to those whose channels wait for it, and to nobody else', async () => {
    expect(await delays(account)).toEqual([]);
    await practice.owner.query(`update channels set server = 'away.example' where id = $1`, [channel.id]);
    await practice.owner.query(
      `insert into breakers (platform, practice, server, failed_at, changed_at, opened, opened_at, open_until)
       select platform, practice, server, now(), now(), 1, now(), now() + interval '1 minute' from channels where id = $1`,
      [channel.id],
    );
    expect(await delays(account)).toEqual([
      {
        ...{ platform: expect.any(String), practice: true, cause: 'outage', channels: [channel.id] },
        ...{ since: expect.any(String), until: expect.any(String) },
        ...{ message: expect.stringMatching(/cannot be reached/), remedy: expect.stringMatching(/^Nothing is lost/) },
      },
    ]);
    expect(await delays(await practice.api.signUp())).toEqual([]);
  });
});
