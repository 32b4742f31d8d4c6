import {
  installationLog,
  type InstallationLogEntry,
  installationPause,
  pauseInstallation,
  resumeInstallation,
} from '#accounts';
import { type Database } from '#kernel';
import { type Operated } from './connect.js';
import { type Order } from './orders.js';
import { findOrganizations, readOrganization } from './reading.js';

/** Carries an order out, and says what is so afterwards. */
export async function operate(database: Database, order: Order): Promise<Operated> {
  const { operator, reason } = order;
  switch (order.command) {
    case 'pause': {
      const { since } = await pauseInstallation(database, { operator, reason });
      return done(`This installation is paused since ${since?.toISOString()}. Nothing goes out until it is resumed.\n`);
    }
    case 'resume': {
      const resumed = await resumeInstallation(database, { operator, reason });
      return done(resumed ? 'This installation publishes again.\n' : 'It was not paused. Nothing has changed.\n');
    }
    case 'status':
      return done(await status(database));
    case 'organizations':
      return findOrganizations(database, order);
    case 'read':
      return readOrganization(database, order);
  }
}

const WORDS: Readonly<Record<InstallationLogEntry['kind'], string>> = {
  paused: 'paused',
  resumed: 'resumed',
  'app-set': 'entered the app',
  'app-removed': 'removed the app',
};

async function status(database: Database): Promise<string> {
  const { since, reason } = await database.engine(installationPause);
  const now = since
    ? `Paused since ${since.toISOString()}${reason === null ? '' : `: ${reason}`}`
    : 'Not paused: what is due goes out.';
  const log = await installationLog(database);
  const lines = log.map(
    (entry) =>
      `  ${entry.at.toISOString()}  ${WORDS[entry.kind]}${entry.subject ? ` ${entry.subject}` : ''} by ${entry.operator}${entry.reason ? `: ${entry.reason}` : ''}`,
  );
  return `${[now, ...lines].join('\n')}\n`;
}

function done(said: string): Operated {
  return { said, code: 0 };
}
