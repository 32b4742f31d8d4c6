import pg from 'pg';
import { Database, isOutage, migrate, row, type Transaction } from '#kernel';
import { migrations } from '../../migrations/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('a connection that ends in the middle of a transaction', () => {
  let test: TestDatabase;
  let database: Database;
  let owner: pg.Client;

  beforeAll(async () => {
    test = await createTestDatabase(({ ownerUrl, url }) => migrate({ ownerUrl, url, migrations }));
    database = await Database.connect({ url: test.url });
    owner = new pg.Client({ connectionString: test.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.close();
    await test.drop();
  });

  const pidOf = async (tx: Transaction): Promise<number> => {
    const found = await row<{ pid: number }>(tx, 'select pg_backend_pid() as pid');
    return found?.pid ?? 0;
  };
  const end = async (pid: number): Promise<void> => {
    await owner.query('select pg_terminate_backend($1, 5000)', [pid]);
  };
  const failing = (work: (tx: Transaction) => Promise<unknown>): Promise<unknown> =>
    database.engine(work).then(
      () => undefined,
      (error: unknown) => error,
    );

  it('is an outage when a statement was on its way', async () => {
    const error = await failing(async (tx) => {
      const pid = await pidOf(tx);
      await Promise.all([row(tx, 'select pg_sleep(20)'), end(pid)]);
    });
    expect(isOutage(error)).toBe(true);
  });

  it('is an outage when it ended between two statements', async () => {
    const error = await failing(async (tx) => {
      await end(await pidOf(tx));
      // Until the end has arrived here, statements are sent to nobody.
      for (;;) await row(tx, 'select 1');
    });
    expect(isOutage(error)).toBe(true);
    const late = await failing(async (tx) => {
      await end(await pidOf(tx));
      await row(tx, 'select 1').catch(() => undefined);
      await row(tx, 'select 2');
    });
    expect(isOutage(late)).toBe(true);
  });

  it('is none when a statement is wrong', async () => {
    expect(isOutage(await failing((tx) => row(tx, 'select nothing')))).toBe(false);
  });
});
