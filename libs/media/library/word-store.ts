import { rows, type Transaction } from '#kernel';
import { wordsOf } from './words.js';

/** Descriptions longer than this are found by their beginning. */
const SEARCHED_CHARACTERS = 2_000;

interface Described {
  id: string;
  organization_id: string;
  workspace_id: string;
  filename: string;
  alt_text: string | null;
  tags: string[];
}

/** Keeps by which words assets are found; called whenever a name, a description or a tag changes. */
export async function storeWords(tx: Transaction, ids: readonly string[]): Promise<void> {
  const assets = await rows<Described>(
    tx,
    `select id, organization_id, workspace_id, filename, left(alt_text, ${SEARCHED_CHARACTERS}) as alt_text,
            array(select tag from media_tags t where t.asset_id = a.id) as tags
       from media_assets a where id = any($1)`,
    [ids],
  );
  for (const asset of assets) {
    const words = wordsOf(asset.filename, ...asset.tags, asset.alt_text);
    await tx.query('delete from media_words where asset_id = $1 and word <> all($2)', [asset.id, words]);
    await tx.query(
      `insert into media_words (asset_id, word, organization_id, workspace_id)
       select $1, word, $3, $4 from unnest($2::text[]) word on conflict do nothing`,
      [asset.id, words, asset.organization_id, asset.workspace_id],
    );
  }
}
