import 'reflect-metadata';
import { resolveSecretKey, Vault } from '#kernel';
import { runBeside, say } from './connect.js';
import { keepVault, readVaultOrder } from './keep-vault.js';

/** `npm run vault`: for whoever keeps the installation's keys, beside the running programs. */
const order = readVaultOrder(process.argv.slice(2));
if (typeof order !== 'string') say(order);
else {
  await runBeside(async (database, config) => {
    const vault = new Vault(await resolveSecretKey(config), config.previousSecretKeys);
    return keepVault(database, vault, order, (line) => process.stdout.write(line));
  });
}
