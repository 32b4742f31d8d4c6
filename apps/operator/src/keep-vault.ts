import { accountSecrets } from '#accounts';
import { channelSecrets } from '#channels';
import { type Database, mailSecrets, type SealedColumn, type SealedCount, type Vault, VaultRotation } from '#kernel';
import { webhookSecrets } from '#notifications';
import { type Operated } from './connect.js';

/** Everything that the vault sealed. A column that is missing here would be lost with the key that it was sealed with. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  ...channelSecrets,
  ...accountSecrets,
  ...mailSecrets,
  ...webhookSecrets,
];

/** How many that cannot be read are named for each kind; the rest is counted. */
const NAMED = 50;

type VaultOrder = 'rotate' | 'status';

const USAGE = `Usage: npm run --silent vault -- <command>

  status   Count what is sealed with which key, and name what cannot be read.
  rotate   Seal everything anew with the present key, while ClickPost runs. Stopped halfway, it goes on where it was.

To change the key of an installation (on the embedded default it lies in DATA_DIR/secret.key):
  1. Start all programs with the new key added as SECRET_KEY_PREVIOUS, so that each of them can read it.
  2. Start them with the new key as SECRET_KEY and the old one as SECRET_KEY_PREVIOUS.
  3. Run rotate, with the same settings. Once status counts nothing under an earlier key, remove SECRET_KEY_PREVIOUS.
`;

/** Reads the command line. An answer where nothing can be done with it. */
export function readVaultOrder(args: readonly string[]): VaultOrder | Operated {
  const [command, ...rest] = args;
  if (command === '--help') return { said: USAGE, code: 0 };
  if (rest.length === 0 && (command === 'rotate' || command === 'status')) return command;
  return { said: `Name one command: status or rotate.\n\n${USAGE}`, code: 2 };
}

/**
 * Carries it out, and says how everything is sealed afterwards. Its code is 1 where something cannot be read, or is left
 * under an earlier key after `rotate`.
 * @param write is given each line of progress
 */
export async function keepVault(
  database: Database,
  vault: Vault,
  order: VaultOrder,
  write: (line: string) => void = () => undefined,
): Promise<Operated> {
  const rotation = new VaultRotation(database, vault, SEALED_COLUMNS);
  if (order === 'status') return report(await rotation.status(), order);
  return report(
    await rotation.rotate((count) => {
      if (count.rotated > 0) write(`${count.what}: ${count.rotated} sealed anew.\n`);
    }),
    order,
  );
}

function report(counts: readonly SealedCount[], order: VaultOrder): Operated {
  const sum = (of: (count: SealedCount) => number): number => counts.reduce((all, count) => all + of(count), 0);
  const [earlier, lost] = [sum((count) => count.earlier), sum((count) => count.unreadable.length)];
  const lines = counts
    .filter((count) => count.current + count.earlier + count.unreadable.length > 0)
    .map(
      ({ what, current, earlier: left, unreadable }) =>
        `  ${what}: ${current} with the present key, ${left} with an earlier one, ${unreadable.length} cannot be read`,
    );
  const said = [
    order === 'rotate' ? `${sum((count) => count.rotated)} values were sealed anew.` : 'What is sealed:',
    ...lines,
    ...counts.flatMap(lostOnes),
    advice(order, earlier, lost),
  ];
  return { said: `${said.join('\n')}\n`, code: lost > 0 || (order === 'rotate' && earlier > 0) ? 1 : 0 };
}

function lostOnes({ what, unreadable }: SealedCount): string[] {
  const [first] = unreadable;
  if (!first) return [];
  const more = unreadable.length - NAMED;
  return [
    `Cannot be read (${what}):`,
    ...unreadable.slice(0, NAMED).map(({ name, why }) => `  ${name}: ${why}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    `  What to do, where the key is lost for good: ${first.remedy}`,
  ];
}

function advice(order: VaultOrder, earlier: number, lost: number): string {
  if (lost > 0) return 'If you still have the key that they were sealed with, add it to SECRET_KEY_PREVIOUS first.';
  if (earlier === 0) return 'Nothing depends on an earlier key: SECRET_KEY_PREVIOUS may go.';
  if (order === 'status') return 'Run rotate before you remove SECRET_KEY_PREVIOUS.';
  return 'Some were being changed all the while, or programs still run with the earlier key. Run rotate again.';
}
