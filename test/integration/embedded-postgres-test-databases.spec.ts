import { createTestDatabase, type DatabaseUrls } from '../support/database.js';
import { ask } from '../support/embedded-postgres-program.js';

describe('the databases of a test run', () => {
  const template = 'embedded_postgres_test_databases';

  it('are clones of a template that is migrated once, and know nothing of each other', async () => {
    let migrations = 0;
    const migrate = async ({ ownerUrl }: DatabaseUrls): Promise<void> => {
      migrations += 1;
      await ask(ownerUrl, 'CREATE TABLE thing (id int)', 'GRANT SELECT, INSERT ON thing TO clickpost');
    };
    const [first, second] = await Promise.all([
      createTestDatabase(migrate, template),
      createTestDatabase(migrate, template),
    ]);
    await ask(first.url, 'INSERT INTO thing VALUES (1)');
    expect(await ask(first.url, 'SELECT id FROM thing')).toEqual([{ id: 1 }]);
    expect(await ask(second.url, 'SELECT id FROM thing')).toEqual([]);
    expect(migrations).toBe(1);
    await first.drop();
    await expect(ask(first.url, 'SELECT 1')).rejects.toThrow('does not exist');
    expect(await ask(second.url, 'SELECT id FROM thing')).toEqual([]);
    await second.drop();
  });

  it('are never cloned from a template whose migration failed', async () => {
    const failing = createTestDatabase(async ({ ownerUrl }) => {
      await ask(ownerUrl, 'CREATE TABLE half (id int)');
      throw new Error('in the middle');
    }, `${template}_failing`);
    await expect(failing).rejects.toThrow('in the middle');
    const good = await createTestDatabase(async ({ ownerUrl }) => {
      await ask(ownerUrl, 'CREATE TABLE half (id int)');
    }, `${template}_failing`);
    expect(await ask(good.ownerUrl, 'SELECT * FROM half')).toEqual([]);
    await good.drop();
  });
});
