/** A change of one compiled module. Both texts are exact; what is looked for must be there, once. */
export interface Patch {
  /** Below the repository, without ending. */
  module: string;
  find: string;
  replace: string;
}

/** A way in which the engine could be wrong. A run on it must count something that has to be 0. */
export interface Variant {
  name: string;
  /** The rule of the protocol that it breaks. */
  rule: number;
  meaning: string;
  patches: readonly Patch[];
  /** Run by the database's owner before the first publication: guards that belong to the same rule. */
  sql?: readonly string[];
}

const RUNNER = 'libs/publishing/runner';
const STORE = 'libs/publishing/store';
const APPROVALS = 'libs/planning/approvals';

/** What the harness is tried on. No switch in the product leads here: the modules are changed while they are loaded. */
export const VARIANTS: readonly Variant[] = [
  {
    name: 'no-fence',
    rule: 5,
    meaning: 'The request is sent first, and the fence is written when its receipt is here.',
    patches: [
      {
        module: `${RUNNER}/delivery`,
        find: `const fence = await this.fence(possession, open, segment, ready);`,
        replace: `const fence = { outcome: 'passed' };`,
      },
      {
        module: `${RUNNER}/delivery`,
        find: `return this.recording.record(possession, open, segment,`,
        replace: `await this.fence(possession, open, segment, ready);
        return this.recording.record(possession, open, segment,`,
      },
    ],
  },
  {
    name: 'blind-retry',
    rule: 6,
    meaning: 'Whatever is no receipt counts as a refusal, and is sent again without a look.',
    patches: [
      {
        module: `${RUNNER}/delivery`,
        find: `if (isListedRefusal(error, failure, adapter.manifest)) {`,
        replace: `if (true) {`,
      },
      {
        module: `${RUNNER}/delivery`,
        find: `if (segment.fences > 0 && segment.prepared !== null) {`,
        replace: `if (false) {`,
      },
    ],
  },
  {
    name: 'duplicate-is-success',
    rule: 6,
    meaning: 'An answer that the same is there already counts as a receipt.',
    patches: [
      {
        module: `${RUNNER}/delivery`,
        find: `if (failure.kind === 'duplicate') {`,
        replace: `if (failure.kind === 'duplicate') {
          const receipt = { id: failure.duplicateOf ?? segment.id };
          await this.recording.record(possession, open, segment, receipt, { kind: 'committed', evidence });
          return;`,
      },
    ],
    sql: ['drop index segments_platform_object'],
  },
  {
    name: 'adopted-lease',
    rule: 3,
    meaning: 'A doubled job adopts the lease that it finds, and whoever has the lease may write.',
    patches: [
      {
        module: `${RUNNER}/take`,
        find: `where p.invitation = a.invitation and p.invited_until > now()`,
        replace: `where (p.invitation = a.invitation or p.lease is not null and p.state in ('preparing', 'ready'))`,
      },
      { module: `${RUNNER}/take`, find: `and (p.leased_until is null or p.leased_until < now())`, replace: `` },
      { module: `${RUNNER}/take`, find: `lease = a.lease,`, replace: `lease = coalesce(p.lease, a.lease),` },
      {
        module: `${STORE}/change`,
        find: `and p.version = a.version and p.state = a.state and p.lease`,
        replace: `and p.lease`,
      },
    ],
  },
  {
    name: 'no-clearance-check',
    rule: 5,
    meaning: 'Nobody asks whether what goes out was approved.',
    patches: [
      { module: `${RUNNER}/gates`, find: `if (publication.cleared_hash === null)`, replace: `if (false)` },
      {
        module: `${RUNNER}/gates`,
        find: `if (publication.cleared_hash !== publication.content_hash)`,
        replace: `if (false)`,
      },
      { module: `${STORE}/change`, find: `p.cleared_hash = p.content_hash and `, replace: `` },
      {
        module: 'libs/publishing/clearance',
        find: `if (from.state === 'held' || from.state === 'failed')`,
        replace: `if (true)`,
      },
    ],
  },
  {
    name: 'clearance-stays',
    rule: 1,
    meaning: 'An edit leaves an approval as it is, and what was written is as clear as what was approved.',
    patches: [
      {
        module: `${APPROVALS}/approvals.service`,
        find: `if (content.contentHash === approval.content_hash)`,
        replace: `if (true)`,
      },
      {
        module: `${APPROVALS}/clearance`,
        find: `hashes[channelId] === contentHash`,
        replace: `hashes[channelId] !== undefined`,
      },
    ],
  },
  {
    name: 'stale-prepared-set',
    rule: 4,
    meaning: 'What was prepared for an earlier content is sent for the present one.',
    patches: [
      {
        module: 'libs/publishing/publications.service',
        find: `    async discardPrepared(tx, publication) {`,
        replace: `    async discardPrepared(tx, publication) {
          return;`,
      },
      {
        module: `${RUNNER}/preparing`,
        find: `if (segment.set_id === null || segment.set_hash !== possession.record.content_hash)`,
        replace: `if (segment.set_id === null)`,
      },
      { module: `${RUNNER}/fence`, find: `and s.set_hash = f.hash and`, replace: `and` },
    ],
  },
  {
    name: 'holds-sweep-committing',
    rule: 7,
    meaning: 'A hold of a channel takes what is between fence and outcome as well.',
    patches: [
      {
        module: 'libs/publishing/dispatch/hold-sweep',
        find: `and state in ('scheduled', 'preparing', 'ready') order by id`,
        replace: `and state in ('scheduled', 'preparing', 'ready', 'committing') order by id`,
      },
    ],
  },
  {
    name: 'unclaimed-matching',
    rule: 8,
    meaning: 'A look takes a post that belongs to another publication for its own.',
    patches: [
      {
        module: `${RUNNER}/looking`,
        find: `const claimed = await this.database.engine((tx) => claimedByOthers(tx, segment));`,
        replace: `const claimed = new Set();`,
      },
    ],
    sql: ['drop index segments_platform_object'],
  },
];

/** The variant of this name. Throws where there is none. */
export function variantOf(name: string): Variant {
  const variant = VARIANTS.find((candidate) => candidate.name === name);
  if (!variant) throw new Error(`There is no variant "${name}".`);
  return variant;
}

/** A module's text with the patches that are meant for it. Throws when one of them finds nothing, or more than one place. */
export function patched(source: string, module: string, patches: readonly Patch[]): string {
  return patches
    .filter((patch) => patch.module === module)
    .reduce((text, { find, replace }) => {
      const parts = text.split(find);
      if (parts.length !== 2) throw new Error(`${module} has ${parts.length - 1} places that say: ${find}`);
      return parts.join(replace);
    }, source);
}
