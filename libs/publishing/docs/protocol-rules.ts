import { table } from './markdown.js';

/** One rule of the delivery engine: what it promises, and where in the code it is kept. */
interface ProtocolRule {
  /** In one sentence. */
  says: string;
  /** Paths from the root of the repository, without `.ts`. */
  where: readonly string[];
}

const PUBLISHING = 'libs/publishing';
const SCHEMA = 'migrations/1795300003000-publishing';

/** The rules of the protocol, each closing a way to lose, double or misreport a post. Rule 1 is the first. */
export const PROTOCOL_RULES: readonly ProtocolRule[] = [
  {
    says: 'One hash covers all that is sent and where to, and content, hash and clearance change in one transaction.',
    where: [`${PUBLISHING}/rules/content`, `${PUBLISHING}/publications.service`],
  },
  {
    says: 'A write names the row as its writer knows it, raises the version and tells the log in one statement; the database refuses every other change of state and every impossible row.',
    where: [`${PUBLISHING}/store/change`, SCHEMA],
  },
  {
    says: 'A job carries an invitation good for one use, which a runner swaps for a lease of its own; whatever a person changes before the fence takes both away.',
    where: [`${PUBLISHING}/dispatch/invite`, `${PUBLISHING}/runner/take`],
  },
  {
    says: 'A finished step is kept only by who still holds the publication, for the content it was made from; a set made for other content is discarded whole.',
    where: [`${PUBLISHING}/runner/preparing`, `${PUBLISHING}/publications.service`],
  },
  {
    says: 'Before the request, one durable transaction locks the gates and then the publication, and demands that what is cleared, prepared and sent is the same, that the lease lives and that nothing is closed; it freezes the content, and the request starts within S of it or not at all.',
    where: [`${PUBLISHING}/runner/fence`, `${PUBLISHING}/runner/gates`, `${PUBLISHING}/runner/delivery`],
  },
  {
    says: 'After the fence only a receipt is success and only a refusal that the manifest lists is failure; every other answer, and none, is an unknown outcome. What the network says it accepted is kept with what it calls that, looked at until it is shown or rejected, and never sent again. A file that breaks while it is sent leaves an unknown outcome; one that could not be opened was not sent. What it calls a duplicate is evidence: kept with the message until its next request, and for the look to judge whether it is this very post.',
    where: [`${PUBLISHING}/runner/delivery`, `${PUBLISHING}/runner/refusals`],
  },
  {
    says: 'Nothing but a receipt, a listed refusal or a look ends `committing`: no hold, pause, cancellation, disconnect or dead token touches it.',
    where: [`${PUBLISHING}/dispatch/hold-sweep`, `${PUBLISHING}/publications.service`],
  },
  {
    says: 'A look counts as "absent" only after the network has settled, never takes what is older or what another publication owns, is repeated when it was not possible, and comes before anything that was ever fenced is sent again, under the same key.',
    where: [`${PUBLISHING}/runner/reconciling`, `${PUBLISHING}/runner/looking`],
  },
  {
    says: 'A hold checks its reason under the locks of the fence, and a sweep alone is enough to end it; after a reconnect only the same account counts.',
    where: [`${PUBLISHING}/dispatch/hold-sweep`, `${PUBLISHING}/support/closed`],
  },
  {
    says: 'What is later than the workspace allows is held at its first fence, after "absent" and when released by itself; a person sends it now, and a thread that has begun goes on.',
    where: [`${PUBLISHING}/runner/gates`, `${PUBLISHING}/support/by-hand`],
  },
  {
    says: 'The parts of a publication go in order; a failure in the middle leaves what is out, says so, and can be resumed at the missing part, and a cancellation stops the rest.',
    where: [`${PUBLISHING}/runner/runner`, `${PUBLISHING}/runner/outcomes`],
  },
  {
    says: 'One publication of a channel is between fence and outcome; what is held, failed, unconfirmed, accepted and still worked on, or waits for long stops nobody behind it, except in strict order.',
    where: [
      `${PUBLISHING}/dispatch/invite`,
      `${PUBLISHING}/runner/gates`,
      'migrations/1795300040000-accepted-and-changed',
    ],
  },
  {
    says: 'Tokens have generations: only a refusal of the newest is a dead sign-in, one process renews at a time without a transaction across the request, and a new pair is stored before it is used.',
    where: ['libs/channels/token-refresh', 'libs/channels/connection-store'],
  },
  {
    says: 'Many fences pass by one statement, never more than there are free slots and one of each channel, and only what the statement returned is told and sent.',
    where: [`${PUBLISHING}/runner/group-commit`, `${PUBLISHING}/runner/together`],
  },
  {
    says: 'A stop begins nothing new at once, waits for requests in flight no longer than they may last, and hands back the rest; what is cut off is looked up.',
    where: [`${PUBLISHING}/runner/runner`, 'apps/worker/src/publish.handler'],
  },
  {
    says: 'What is told upwards lies in an outbox until its consumer has taken it within its own transaction, and is handed out again until then.',
    where: ['libs/kernel/outbox'],
  },
  {
    says: 'The engine works across tenants under a role that sees the delivery tables alone and is above no policy; everything else runs under one tenant.',
    where: ['libs/kernel/database/database', 'migrations/1795300000000-tenancy-and-accounts', SCHEMA],
  },
  {
    says: 'Only a role of its own may remove publications that have come to their end, whole and with their log; nobody changes a log entry.',
    where: [SCHEMA],
  },
  {
    says: 'The database says what time it is; a worker measures only how long something took, by a clock that never jumps.',
    where: [`${PUBLISHING}/runner/possession`, `${PUBLISHING}/runner/delivery`],
  },
  {
    says: 'What no software can close from one side is said: a machine suspended between check and write, and networks without keys and reads, which end as unconfirmed.',
    where: [`${PUBLISHING}/runner/delivery`, `${PUBLISHING}/runner/outcomes`],
  },
];

/** `docs/protocol-rules.md`. @param guards the spec files that guard each rule, by its number */
export function protocolRulesDocument(guards: ReadonlyMap<number, readonly string[]>): string {
  const rows = PROTOCOL_RULES.map(({ says, where }, index) => {
    const number = index + 1;
    return [String(number), says, list(where), list(guards.get(number) ?? [])];
  });
  return `${INTRODUCTION}\n\n${table(['Rule', 'What it says', 'Where it is kept', 'Which tests guard it'], rows)}\n\n${BEYOND}\n`;
}

function list(paths: readonly string[]): string {
  return paths.map((path) => `\`${path}\``).join('<br>');
}

const INTRODUCTION = `# The rules of the delivery engine

Each rule closes a way to lose, double or misreport a post. A test that guards one says so in its title: \`rule 5: …\`. This page is
made from \`libs/publishing/docs/protocol-rules.ts\` and from these titles; \`UPDATE_DOCS=1 npm run jest -- --testPathPatterns
publishing/docs\` writes it anew. A test fails when a rule has no test, or when a file named here guards its rule no longer.`;

const BEYOND = `Two suites know no single rule and hold all of them together. \`test/integration/model-engine.spec.ts\` has people, workers,
dispatchers and networks do whatever comes to their mind, and compares the engine with a model of what a person would expect;
\`npm run chaos\` ([reliability.md](reliability.md)) does so with real processes that are killed.`;
