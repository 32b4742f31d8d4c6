import { v7 as uuid } from 'uuid';
import { type Database, publish, row, rows, type Transaction } from '#kernel';

/** The longest reason of a pause, in characters. */
export const PAUSE_REASON_MAX = 500;
/** The longest name of an operator that is kept, in characters. */
const OPERATOR_MAX = 200;

/** Whether the whole installation is paused, and what the operator said about it. */
export interface InstallationPause {
  paused: boolean;
  /** Since when; null while nothing is paused. */
  since: Date | null;
  reason: string | null;
}

/** An entry of what operators did to the installation. */
export interface InstallationLogEntry {
  at: Date;
  kind: 'paused' | 'resumed' | 'app-set' | 'app-removed';
  operator: string;
  reason: string | null;
  /** Of an app: its name. */
  subject: string | null;
}

/** Who pauses or resumes, and why. */
export interface OperatorAction {
  operator: string;
  reason?: string | undefined;
}

/** How things stand, in a transaction of any role that may read it: every tenant's. */
export async function installationPause(tx: Transaction): Promise<InstallationPause> {
  const found = await row<Omit<InstallationPause, 'paused'>>(
    tx,
    'select paused_at as since, paused_reason as reason from installation',
  );
  if (!found) throw new Error('The row of the installation is missing.');
  return { paused: found.since !== null, ...found };
}

/** What operators did last, newest first. */
export async function installationLog(database: Database, limit = 10): Promise<InstallationLogEntry[]> {
  return database.engine((tx) =>
    rows<InstallationLogEntry>(
      tx,
      'select at, kind, operator, reason, subject from installation_log order by at desc, id desc limit $1',
      [limit],
    ),
  );
}

/**
 * Holds everything of every organization. From the end of this transaction on no fence is passed; what passed one before
 * comes to its end. Paused again, only the reason changes.
 */
export async function pauseInstallation(database: Database, action: OperatorAction): Promise<InstallationPause> {
  return database.engine(async (tx) => {
    await tx.query('update installation set paused_at = coalesce(paused_at, now()), paused_reason = $1', [
      action.reason ?? null,
    ]);
    await tell(tx, 'paused', action);
    return installationPause(tx);
  });
}

/** Lets everything go again. False where nothing was paused. */
export async function resumeInstallation(database: Database, action: OperatorAction): Promise<boolean> {
  return database.engine(async (tx) => {
    const resumed = await row(
      tx,
      'update installation set paused_at = null, paused_reason = null where paused_at is not null returning id',
    );
    if (resumed) await tell(tx, 'resumed', action);
    return resumed !== undefined;
  });
}

/** Writes down what an operator did to an app of the installation, in the transaction that does it. */
export async function recordAppChange(
  tx: Transaction,
  kind: 'app-set' | 'app-removed',
  { operator, name }: { operator: string; name: string },
): Promise<void> {
  await record(tx, { kind, operator, reason: null, subject: name });
}

async function record(tx: Transaction, entry: Omit<InstallationLogEntry, 'at'>): Promise<void> {
  await tx.query('insert into installation_log (id, kind, operator, reason, subject) values ($1, $2, $3, $4, $5)', [
    uuid(),
    entry.kind,
    entry.operator.slice(0, OPERATOR_MAX),
    entry.reason,
    entry.subject,
  ]);
}

async function tell(tx: Transaction, kind: 'paused' | 'resumed', action: OperatorAction): Promise<void> {
  await record(tx, { kind, operator: action.operator, reason: action.reason ?? null, subject: null });
  await publish(tx, { organizationId: null, topic: 'pause.changed', payload: {} });
}
