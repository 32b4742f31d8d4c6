import pg from 'pg';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type MixedList,
  type ObjectLiteral,
  type QueryRunner,
} from 'typeorm';

/** A transaction that carries its role and tenant. TypeORM's manager: repositories and raw SQL alike. */
export type Transaction = EntityManager;

/** The database roles a transaction may run as. Each owns nothing and sees what its policies grant. */
type DatabaseRole = 'clickpost_app' | 'clickpost_identity' | 'clickpost_engine' | 'clickpost_retention';

export interface DatabaseOptions {
  url: string;
  /** Connections of this process at the most. */
  poolSize?: number;
  entities?: MixedList<EntityTarget<ObjectLiteral> & (new () => object)>;
}

/**
 * The only door to PostgreSQL. There is no way to a query without a role, and none to a tenant's row without its tenant:
 * role and tenant are set for the transaction alone, so a transaction pooler may stand between.
 */
export class Database {
  private constructor(private readonly dataSource: DataSource) {}

  /** Connects. Throws when the server cannot be reached. */
  static async connect({ url, poolSize = 20, entities = [] }: DatabaseOptions): Promise<Database> {
    const dataSource = new DataSource({
      type: 'postgres',
      url,
      entities: entities as never,
      poolSize,
      applicationName: 'clickpost',
      // A server that went away must be noticed, not waited for.
      connectTimeoutMS: 5_000,
      extra: { keepAlive: true, idleTimeoutMillis: 30_000 },
      // A pooled connection that breaks while idle is replaced by the pool; the next query tells if the server is gone.
      poolErrorHandler: () => undefined,
    });
    await dataSource.initialize();
    return new Database(dataSource);
  }

  /** Runs `work` for one organization: no row of another is visible or can be written. */
  tenant<T>(organizationId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.run('clickpost_app', organizationId, work);
  }

  /** Runs `work` for signing up and in, where no tenant is known yet: users, sessions, organizations, nothing else. */
  identity<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.run('clickpost_identity', '', work);
  }

  /** Runs `work` for the delivery engine: across tenants, on the delivery tables alone. */
  engine<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.run('clickpost_engine', '', work);
  }

  /** Runs `work` for the retention job, the only one that may delete log entries. */
  retention<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.run('clickpost_retention', '', work);
  }

  /** Answers when the server does; throws otherwise. */
  async ping(): Promise<void> {
    await this.dataSource.query('select 1');
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
  }

  private async run<T>(role: DatabaseRole, organizationId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await begin(runner, role, organizationId);
      const result = await work(runner.manager);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      // Where the connection broke there is nothing left to roll back; what broke it is the error to tell.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/**
 * No transaction waits for anything but the database. One whose process was stopped in its middle must not keep its rows from
 * everybody else: the server ends it.
 */
const ABANDONED_AFTER_MS = 15_000;

/** Begins the transaction and sets its role and tenant in one round trip: every request begins one or more. */
async function begin(runner: QueryRunner, role: DatabaseRole, organizationId: string): Promise<void> {
  const settings = `select set_config('role', ${pg.escapeLiteral(role)}, true),
    set_config('app.organization_id', ${pg.escapeLiteral(organizationId)}, true),
    set_config('idle_in_transaction_session_timeout', '${ABANDONED_AFTER_MS}', true)`;
  const query = runner.query.bind(runner);
  // TypeORM keeps count of transactions in `startTransaction` alone, which sends exactly one statement.
  runner.query = (statement: string) => query(`${statement}; ${settings}`);
  try {
    await runner.startTransaction();
  } finally {
    runner.query = query;
  }
}

/** Rows of any statement, `RETURNING` included, in one shape. */
export async function rows<T>(tx: Transaction, sql: string, parameters: unknown[] = []): Promise<T[]> {
  const runner = tx.queryRunner;
  if (!runner) throw new Error('rows() needs a transaction of Database.');
  const result = await runner.query(sql, parameters, true);
  return result.records as T[];
}

/** The first row, or undefined. */
export async function row<T>(tx: Transaction, sql: string, parameters: unknown[] = []): Promise<T | undefined> {
  return (await rows<T>(tx, sql, parameters))[0];
}

/** Whether an error is PostgreSQL's refusal of a duplicate, and of which constraint. */
export function violatedUnique(error: unknown): string | undefined {
  const driver = (error as { driverError?: { code?: string; constraint?: string } } | undefined)?.driverError;
  return driver?.code === '23505' ? driver.constraint : undefined;
}
