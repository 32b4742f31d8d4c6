import { startTestApi, type TestApi } from '../support/api.js';
import { startTestRedis, type TestRedis } from '../support/redis.js';

const PER_ACCOUNT = 10;

describe('Tries to sign in, counted in Redis', () => {
  let redis: TestRedis;
  let api: TestApi;
  beforeAll(async () => {
    redis = await startTestRedis();
    api = await startTestApi({ env: { REDIS_URL: redis.url } });
  });
  afterAll(async () => {
    await api?.close();
    await redis?.stop();
  });

  const guess = async (email: string, times: number): Promise<number[]> => {
    const one = () => api.agent().post('/v1/auth/login').send({ email, password: 'a wrong guess' });
    return (await Promise.all(Array.from({ length: times }, one))).map(({ status }) => status).sort();
  };
  const refusedAfter = (times: number) => [
    ...Array.from({ length: PER_ACCOUNT }, () => 401),
    ...Array.from({ length: times }, () => 429),
  ];

  it('lock an account as they do in PostgreSQL, where nothing is written then', async () => {
    expect(await guess('nobody@example.com', PER_ACCOUNT + 2)).toEqual(refusedAfter(2));
    const { rows } = await api.kernel.database.identity((tx) =>
      tx
        .query('select count(*)::int as rows from rate_limits')
        .then((found: { rows: number }[]) => found[0] ?? { rows: -1 }),
    );
    expect(rows).toBe(0);
  });

  it('are still counted, by each process, while Redis is away', async () => {
    await redis.stop();
    expect(await guess('somebody-else@example.com', PER_ACCOUNT + 2)).toEqual(refusedAfter(2));
    const account = await api.signUp();
    await account.agent.get('/v1/me').expect(200);
  });
});
