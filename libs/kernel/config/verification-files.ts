import { type Environment } from './environment.js';

/** Networks name them by a code: `tiktokAbC123.txt`, `google1a2b3c.html`, `pinterest-1a2b3.html`. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.(txt|html)$/;
/** One line of what every network can read. */
const CONTENT = /^[\x20-\x7e]{1,1000}$/;
/** The page of the web itself. */
const TAKEN = 'index.html';
const MOST = 20;

/**
 * Reads `VERIFICATION_FILES`: `name=content`, several separated by semicolons. By name, with what each says.
 * @throws ConfigError for a name or content that is none
 */
export function readVerificationFiles(from: Environment): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const wrong = (problem: string) => from.wrong('VERIFICATION_FILES', problem);
  const entries = (from.text('VERIFICATION_FILES') ?? '').split(';').map((entry) => entry.trim());
  for (const entry of entries.filter((text) => text !== '')) {
    const at = entry.indexOf('=');
    const name = at < 0 ? entry : entry.slice(0, at).trim();
    const content = at < 0 ? '' : entry.slice(at + 1).trim();
    if (!NAME.test(name) || name.toLowerCase() === TAKEN) {
      throw wrong(`names "${name}", but a file is named by letters, digits, - and _, and ends in .txt or .html`);
    }
    if (!CONTENT.test(content)) {
      throw wrong(`has no usable content for ${name}: after the name come = and one line of up to 1000 characters`);
    }
    if (files.has(name)) throw wrong(`names ${name} twice`);
    files.set(name, content);
  }
  if (files.size > MOST) throw wrong(`holds ${files.size} files, but may hold ${MOST}`);
  return files;
}
