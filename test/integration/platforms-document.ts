import { type FormField, optionVariable, type PlatformAdapter, type PlatformManifest } from '#platforms/core';
import { ASSURANCES, type Assurance, CREDENTIAL_DOCS } from './platforms-document-assurances.js';
import { limitCells, money, number, time } from './platforms-document-words.js';

const HEAD = `# The platforms

What each platform takes through ClickPost, by its manifest (\`libs/platforms/<id>/manifest.ts\`), and what that was checked
against. \`UPDATE_DOCS=1 npm run jest -- --selectProjects integration --testPathPatterns platforms-document\` writes this page anew, and a test
fails when it is out of date. How to connect each one stands in \`libs/platforms/<id>/connecting.md\`; how to add one in
[adding-a-platform.md](adding-a-platform.md).

Which prices, numbers and switches an installation may set stands under "Set by the installation"; what is said here is how it is where
nothing was set.

**Nothing here was run against a live service of Meta's, X's, LinkedIn's, Pinterest's, Bluesky's or of any Mastodon server's
operator.** What was run, and what was not, is said for each platform under "Checked against".`;

const OUTCOMES: Readonly<Record<PlatformManifest['reconcile']['method'], string>> = {
  exact: 'found by an id that is known before',
  match: 'found by comparing what is there',
  repeat: 'sent again under the same key',
  none: 'cannot be found out',
};

/** `docs/platforms.md`: what each platform supports, its limits, how outcomes are cleared up, and what was checked. */
export function platformsDocument(adapters: readonly PlatformAdapter[]): string {
  return `${[HEAD, overview(adapters), ...adapters.flatMap(section)].join('\n\n')}\n`;
}

function overview(adapters: readonly PlatformAdapter[]): string {
  const head = [
    'platform',
    'kinds of post',
    'thread',
    'first comment',
    'edit',
    'delete',
    'live usage',
    'unknown outcome',
  ];
  const lines = adapters.map((adapter) => {
    const { capabilities, formats, id, name, reconcile } = adapter.manifest;
    const kinds = formats?.map(({ label }) => label.toLowerCase()).join(', ') ?? 'post';
    const beside = [capabilities.thread, capabilities.firstComment, has(adapter, 'edit'), has(adapter, 'remove')];
    return [`[${name}](#${id})`, kinds, ...beside.map(yes), yes(has(adapter, 'usage')), OUTCOMES[reconcile.method]];
  });
  return table([head, ...lines]);
}

function section(adapter: PlatformAdapter): string[] {
  const { manifest } = adapter;
  const assurance = ASSURANCES[manifest.id];
  if (!assurance) throw new Error(`Say in ASSURANCES what "${manifest.id}" was checked against.`);
  return [
    `## ${manifest.name}`,
    `${manifest.summary} Compared with [its documentation](${manifest.docs}) on ${manifest.verifiedOn}.${versionWords(manifest)}`,
    ...(manifest.notice === undefined ? [] : [`Everybody who publishes there reads: “${manifest.notice}”`]),
    '### What a post may contain',
    contents(manifest),
    ...settingsPart(manifest),
    '### What can be done beside',
    beside(adapter, assurance),
    '### Limits over time',
    quotas(adapter),
    ...costs(manifest),
    '### Unknown outcomes',
    outcomes(manifest, assurance),
    '### Connecting',
    ...connecting(manifest),
    ...installationPart(manifest),
    '### Checked against',
    list([...assurance.checked, `Not checked: ${assurance.unchecked}`]),
  ];
}

function contents(manifest: PlatformManifest): string {
  const head = ['', 'text', 'link', 'images', 'video', 'document', 'description of a file'];
  const { formats, limits } = manifest;
  const kinds = formats?.map(({ label, limits: own }) => [label, ...limitCells(own)]) ?? [
    ['Post', ...limitCells(limits)],
  ];
  const { mixed } = limits.media;
  const together =
    mixed === true ? 'Images and videos may stand in one post.' : 'Images and videos cannot stand in one post.';
  // Upright: a column for each kind keeps the lines readable.
  const all = head.map((_, row) => [head[row] ?? '', ...kinds.map((kind) => kind[row] ?? '')]);
  const rows = all.filter(([what, ...cells]) => what !== 'document' || cells.some((cell) => cell !== 'none'));
  const count = `${limits.media.maxCount === 1 ? 'One file' : `At most ${limits.media.maxCount} files`} in an ordinary post.`;
  return `${table(rows)}\n\n${count} ${together}`;
}

function settingsPart({ settings }: PlatformManifest): string[] {
  if (settings.length === 0) return [];
  return [`Settings of a post: ${settings.map(settingWords).join('; ')}.`];
}

function settingWords({ label, when, options }: FormField, _: number, all: readonly FormField[]): string {
  const choices = options ? ` (${options.map((option) => option.label).join(' / ')})` : '';
  const other = all.find(({ name }) => name === when?.setting);
  const kinds = (other?.options ?? []).flatMap((option) => (when?.values.includes(option.value) ? [option.label] : []));
  const wanted = kinds.length > 0 ? `${kinds.join(' and ').toLowerCase()} only` : `with “${other?.label ?? ''}”`;
  const isForOne = when !== undefined && !when.values.includes(false);
  return `“${label}”${choices}${isForOne ? `, ${wanted}` : ''}`;
}

function beside(adapter: PlatformAdapter, { channels }: Assurance): string {
  const { callbacks, manifest } = adapter;
  const { capabilities, formats } = manifest;
  const less = (formats ?? []).flatMap(({ label, capabilities: own = {} }) =>
    Object.entries(own).flatMap(([name, can]) =>
      can ? [] : [`${CAPABILITIES[name] ?? name} of a ${label.toLowerCase()}`],
    ),
  );
  return list([
    `Threads of several messages: ${yesOrNo(capabilities.thread)}.`,
    `First comment: ${yesOrNo(capabilities.firstComment)}.`,
    `The text of a published post can be changed: ${yesOrNo(has(adapter, 'edit'))}. It can be deleted: ${yesOrNo(has(adapter, 'remove'))}.`,
    ...(less.length > 0 ? [`Not: ${less.join('; ')}.`] : []),
    ...(channels === undefined ? [] : [channels]),
    ...(has(adapter, 'lookup') ? [`Looked up while a post is written: ${lookedUp(manifest)}.`] : []),
    ...(callbacks
      ? [`It tells ClickPost of its own accord: ${Object.keys(callbacks).map(callbackWords).join(', ')}.`]
      : []),
  ]);
}

function lookedUp({ settings }: PlatformManifest): string {
  const fields = settings.filter(({ type }) => type === 'lookup');
  return fields
    .map(({ label, listed, dependsOn }) => {
      const other = settings.find(({ name }) => name === dependsOn);
      return `“${label}”${other ? ` of the “${other.label}”` : ''}${listed === true ? ' (offered as a list)' : ''}`;
    })
    .join(', ');
}

function versionWords({ apiVersion, id }: PlatformManifest): string {
  if (!apiVersion) return '';
  const { version, endsOn, option, docs } = apiVersion;
  const end = endsOn === undefined ? '' : `, which is answered until ${endsOn}`;
  const change = option === undefined ? '' : `; \`${optionVariable(id, option)}\` names another`;
  return ` Version of its API: ${version}${end} ([source](${docs}))${change}.`;
}

function costs({ prices = [], name }: PlatformManifest): string[] {
  if (prices.length === 0) return [];
  const lines = prices.map(({ label, usd, asOf, docs }) => [label, money(usd), asOf, `[price list](${docs})`]);
  return [
    '### What it costs',
    `${name} charges whoever owns the installation's app. The estimate is shown before a post is scheduled; what was charged is recorded with the publication, reads for an unknown outcome as well.`,
    table([['what', 'US dollars each', 'compared on', 'source'], ...lines]),
  ];
}

function installationPart({ options = [], id }: PlatformManifest): string[] {
  if (options.length === 0) return [];
  const lines = options.map((option) => [
    `\`${optionVariable(id, option.name)}\``,
    option.label,
    option.default === undefined || option.default === '' ? 'nothing' : String(option.default),
    [option.help ?? '', choicesOf(option)].filter((words) => words !== '').join(' '),
  ]);
  return ['### Set by the installation', table([['variable', 'what', 'if not set', 'note'], ...lines])];
}

function choicesOf({ options }: FormField): string {
  return options ? `One of ${options.map(({ value }) => `\`${value}\``).join(', ')}.` : '';
}

const CAPABILITIES: Readonly<Record<string, string>> = {
  remove: 'deleting',
  edit: 'changing the text',
  thread: 'a thread',
  firstComment: 'a first comment',
};

function callbackWords(name: string): string {
  const words: Readonly<Record<string, string>> = {
    deletion: 'wishes for deletion',
    deauthorization: 'withdrawn permissions',
    challenge: 'the check of an address',
    notices: 'news about accounts',
  };
  return words[name] ?? name;
}

function quotas(adapter: PlatformAdapter): string {
  const { manifest } = adapter;
  const [isRead, isFelt] = [has(adapter, 'usage'), has(adapter, 'pressure')];
  const fixed = (manifest.quotas ?? []).map(
    ({ limit, what, windowMs, scope, docs }) =>
      `${number(limit)} ${what} in ${time(windowMs)}, counted by ClickPost for ${scope === 'app' ? 'the whole app' : 'each account'} ([source](${docs})).`,
  );
  const daily = (manifest.budgets ?? []).map(
    ({ limit, what, timeZone, docs }) =>
      `${number(limit)} ${what} in a day, which begins at midnight in ${timeZone}; counted by ClickPost, and what does not fit waits for the next ([source](${docs})).`,
  );
  return list([
    ...[...fixed, ...daily],
    ...(isRead ? ['Read live from the platform, shown with the channel, and asked before anything is made.'] : []),
    ...(isFelt ? ['Headers of its answers are read: nothing is sent for a while before the limit is met.'] : []),
    ...(fixed.length + daily.length === 0 && !isRead && !isFelt ? ['None that is the same for every account.'] : []),
    `What was prepared is good for ${time(manifest.preparedTtlMs)}.`,
  ]);
}

function outcomes({ reconcile }: PlatformManifest, { unknowable }: Assurance): string {
  const settled = reconcile.settleMs === 0 ? 'at once' : `after ${time(reconcile.settleMs)}`;
  const method = `${OUTCOMES[reconcile.method]}, read ${settled}`;
  return `${reconcile.explanation} (\`${reconcile.method}\`: ${method}.)\n\nWhere nobody can know: ${unknowable}`;
}

function connecting(manifest: PlatformManifest): string[] {
  const { connect } = manifest;
  if (connect.type === 'credentials') {
    const fields = connect.fields.map(
      ({ label, required, help }) => `${label}${required ? '' : ' (optional)'}: ${help ?? ''}`,
    );
    const notes = CREDENTIAL_DOCS[manifest.id];
    return [`By a form of credentials.${notes === undefined ? '' : ` ${notes}`}`, list(fields)];
  }
  const ways = connect.ways ?? [{ ...connect, id: '', label: '', help: '', app: connect.app ?? manifest.id }];
  return ways.flatMap((way) => [
    way.id === ''
      ? `On the platform's own consent page, with the app of this installation (\`${way.app}\`).`
      : `**${way.label}** (\`${way.id}\`, with the app \`${way.app}\`). ${way.help}`,
    table([['permission', 'for', ''], ...way.scopes.map((scope) => scopeLine(manifest, way, scope))]),
  ]);
}

function scopeLine(
  { extra, id }: PlatformManifest,
  { requiredScopes }: { requiredScopes: readonly string[] },
  scope: string,
): string[] {
  const purposes = extra?.['scopeFeatures'];
  const purpose = typeof purposes === 'object' && purposes !== null ? Object.entries(purposes) : [];
  const words = purpose.find(([name]) => name === scope)?.[1];
  if (typeof words !== 'string') throw new Error(`"extra.scopeFeatures" of "${id}" does not say what ${scope} is for.`);
  return [`\`${scope}\``, words, requiredScopes.includes(scope) ? 'required' : 'optional'];
}

/** Whether an adapter can do something that not every one can. */
function has(adapter: PlatformAdapter, what: 'edit' | 'remove' | 'usage' | 'pressure' | 'lookup'): boolean {
  return adapter[what] !== undefined;
}

const yes = (can: boolean): string => (can ? 'yes' : '');
const yesOrNo = (can: boolean): string => (can ? 'yes' : 'no');
const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

/** The first row is the head. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...lines] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => (row[column] ?? '').length)));
  const drawn = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [drawn(head), drawn(widths.map((width) => '-'.repeat(width))), ...lines.map(drawn)].join('\n');
}
