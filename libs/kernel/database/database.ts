import pg from 'pg';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type MixedList,
  type ObjectLiteral,
  type QueryRunner,
} from 'typeorm';
import { requestScope } from './request-scope.js';

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

  /**
   * Runs `work` for one organization: no row of another is visible or can be written. While a request is answered, neither is
   * one of a workspace that it may not see.
   */
  tenant<T>(organizationId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.run(tenantSettings(organizationId, requestScope()?.workspaces ?? null), noted(work));
  }

  /**
   * The same in all workspaces, whoever asks: for rules that hold across an organization, such as that one outside account is
   * not shared unknowingly. What it finds in hidden workspaces may not be told.
   */
  organization<T>(organizationId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.run(tenantSettings(organizationId, null), noted(work));
  }

  /** Runs `work` for signing up and in, where no tenant is known yet: users, sessions, organizations, nothing else. */
  identity<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.run({ role: 'clickpost_identity' }, work);
  }

  /** Runs `work` for the delivery engine: across tenants, on the delivery tables alone. */
  engine<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.run({ role: 'clickpost_engine' }, work);
  }

  /** Runs `work` for the retention job, the only one that may delete log entries. */
  retention<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.run({ role: 'clickpost_retention' }, work);
  }

  /** Answers when the server does; throws otherwise. */
  async ping(): Promise<void> {
    await this.dataSource.query('select 1');
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
  }

  private async run<T>(settings: Settings, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await begin(runner, settings);
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

const NO_TENANT = { 'app.organization_id': '', 'app.workspaces': '' };

/** Settings of one transaction. */
interface Settings {
  role: DatabaseRole;
  'app.organization_id'?: string;
  /** An array as PostgreSQL writes it; empty = all. */
  'app.workspaces'?: string;
}

function tenantSettings(organizationId: string, workspaces: readonly string[] | null): Settings {
  return {
    role: 'clickpost_app',
    'app.organization_id': organizationId,
    'app.workspaces': workspaces === null ? '' : `{${workspaces.join(',')}}`,
  };
}

/** With the last words of the request, where the transaction wrote something. */
function noted<T>(work: (tx: Transaction) => Promise<T>): (tx: Transaction) => Promise<T> {
  const beforeCommit = requestScope()?.beforeCommit;
  if (!beforeCommit) return work;
  return async (tx) => {
    const result = await work(tx);
    const wrote = await row(tx, 'select 1 where pg_current_xact_id_if_assigned() is not null');
    if (wrote) await beforeCommit(tx);
    return result;
  };
}

/** Begins the transaction and sets its role and tenant in one round trip: every request begins one or more. */
async function begin(runner: QueryRunner, wanted: Settings): Promise<void> {
  const all = { ...NO_TENANT, ...wanted, idle_in_transaction_session_timeout: String(ABANDONED_AFTER_MS) };
  const settings = `select ${Object.entries(all)
    .map(([name, value]) => `set_config('${name}', ${pg.escapeLiteral(value)}, true)`)
    .join(', ')}`;
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
