import { type LoadHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { join, relative } from 'node:path';
import { patched, variantOf } from './variants.js';

/** `dist`, from `dist/test/chaos/variants`. */
const DIST = join(import.meta.dirname, '../../..');
const { patches } = variantOf(process.env['CHAOS_VARIANT'] ?? '');

/** https://nodejs.org/docs/latest-v20.x/api/module.html#loadurl-context-nextload */
export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  if (!url.startsWith('file:')) return loaded;
  const module = relative(DIST, fileURLToPath(url)).replace(/\.js$/, '');
  if (!patches.some((patch) => patch.module === module)) return loaded;
  const { source } = loaded;
  if (source === undefined || source === null) throw new Error(`${module} was loaded without its text.`);
  const text = typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString('utf8');
  return { ...loaded, source: patched(text, module, patches) };
};
