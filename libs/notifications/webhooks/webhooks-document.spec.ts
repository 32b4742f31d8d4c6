import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { TEST_EVENT } from './catalogue.js';
import { describeEventTypes } from './describe.js';
import { PAUSES_SECONDS } from './retry.js';

const FILE = new URL('../../../docs/webhooks.md', import.meta.url);
const SECTION = /(<!-- events:.*-->\n)([\s\S]*?)(<!-- \/events -->)/;

describe('docs/webhooks.md', () => {
  it('lists every event as the catalogue has it (UPDATE_DOCS=1 writes it anew)', async () => {
    const text = await readFile(FILE, 'utf8');
    const whole = text.replace(SECTION, (_, begin: string, __, end: string) => `${begin}\n${events()}\n\n${end}`);
    const current = await format(whole, { parser: 'markdown', printWidth: 120, singleQuote: true });
    if (process.env['UPDATE_DOCS']) await writeFile(FILE, current);
    expect(process.env['UPDATE_DOCS'] ? current : text).toBe(current);
  });

  it('says how often and how long is tried, as it is', async () => {
    const text = await readFile(FILE, 'utf8');
    const hours = PAUSES_SECONDS.slice(3).map((seconds) => seconds / 3_600);
    expect(PAUSES_SECONDS.slice(0, 3)).toEqual([5, 300, 1_800]);
    const said = `after 5 seconds, 5 minutes, 30 minutes, ${hours.slice(0, -1).join(', ')} and ${hours.at(-1)} hours`;
    expect(text).toContain(said);
    expect(text).toContain(TEST_EVENT);
  });
});

function events(): string {
  const described = describeEventTypes();
  const table = [
    '| type | when |',
    '| --- | --- |',
    ...described.map(({ type, when }) => `| \`${type}\` | ${when} |`),
  ].join('\n');
  const examples = described.map(
    ({ type, example }) => `### ${type}\n\n\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``,
  );
  return [table, '## Examples', ...examples].join('\n\n');
}
