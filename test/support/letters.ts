import type pg from 'pg';
import { type Letter, type Vault } from '#kernel';

/** What was written to an address, oldest first, sent or not, as long as it is kept. */
export async function lettersTo(owner: pg.Client, vault: Vault, address: string): Promise<Letter[]> {
  const { rows } = await owner.query<{ id: string; body: string }>(
    'select id, body from mails where address = $1 and body is not null order by id',
    [address],
  );
  return Promise.all(
    rows.map(async ({ id, body }) => (await vault.decrypt<{ letter: Letter }>(body, `mail:${id}`)).letter),
  );
}

/** The end of the link in the newest letter to an address. */
export async function newestToken(owner: pg.Client, vault: Vault, address: string): Promise<string> {
  const letter = (await lettersTo(owner, vault, address)).at(-1);
  const token = letter?.action?.address.split('/').at(-1);
  if (!token) throw new Error(`No letter with a link went to ${address}.`);
  return token;
}
