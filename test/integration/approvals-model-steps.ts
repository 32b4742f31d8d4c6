import fc from 'fast-check';
import { type ApprovalMode, type Verdict } from '#planning';
import { CLIENT, type Member, MEMBERS, type MemberRole, type ModelStep, type Somebody } from './approvals-oracle.js';

/** What of a post can be changed: everybody's text, what one channel says instead, a description, a setting of one channel. */
export const PARTS = ['text', 'own', 'alt', 'setting'] as const;
export type Part = (typeof PARTS)[number];

/** One thing that happens in a history. `post` is its place. */
export type Step =
  | { do: 'edit'; post: number; part: Part; value: number; by: 'author' | 'manager' }
  | { do: 'reschedule' | 'ask' | 'attempt' | 'retry'; post: number }
  /** The network refuses the next attempt: for good, or until another try. */
  | { do: 'refuse'; post: number; kind: 'refuse-content' | 'refuse-rate-limit' }
  /** Everybody who may says yes, in turn. */
  | { do: 'agree'; post: number }
  /** About what it says now, or about what somebody saw before. */
  | { do: 'decide'; post: number; who: Somebody; verdict: Verdict; stale: boolean }
  | { do: 'mode'; mode: ApprovalMode }
  | { do: 'workflow'; steps: number; selfApproval: boolean; timeMatters: boolean }
  | { do: 'member'; who: Member; role: MemberRole | undefined }
  | { do: 'away'; who: Member; deputy: Member | undefined };

/** The steps that a workspace may have. */
export const WORKFLOWS: readonly (readonly ModelStep[])[] = [
  [
    { members: ['lead'], rule: 'any' },
    { members: ['second'], client: true, rule: 'all' },
  ],
  [{ members: ['lead', 'second', 'manager'], rule: 2 }],
  [
    { role: 'approver', rule: 'any' },
    { client: true, rule: 'any' },
  ],
  [{ members: ['lead', 'second', 'manager'], rule: 'all' }],
  [{ members: ['manager', 'lead'], rule: 'any' }],
];

const somebody = fc.constantFrom<Somebody>(...MEMBERS, CLIENT);
const member = fc.constantFrom<Member>(...MEMBERS);
/** An arbitrary of one kind of step: `more` names its fields. */
const a = (what: Step['do'], more: Record<string, fc.Arbitrary<string | number | boolean | undefined>>) =>
  fc.record(more).map((rest) => ({ do: what, ...rest }) as Step);

const edit = (post: number, by?: 'manager') =>
  a('edit', {
    post: fc.constant(post),
    part: fc.constantFrom(...PARTS),
    value: fc.nat(1),
    by: fc.constantFrom(...(by ? [by] : (['author', 'author', 'author', 'manager'] as const))),
  });
const simply = (what: 'reschedule' | 'ask' | 'attempt' | 'retry' | 'agree', post: number) =>
  fc.constant<Step>({ do: what, post });
const decide = (post: number, verdict: fc.Arbitrary<Verdict>, stale: fc.Arbitrary<boolean>) =>
  a('decide', { post: fc.constant(post), who: somebody, verdict, stale });
const refuse = (post: number) =>
  a('refuse', {
    post: fc.constant(post),
    kind: fc.constantFrom('refuse-content' as const, 'refuse-content' as const, 'refuse-rate-limit' as const),
  });
const mode = a('mode', { mode: fc.constantFrom<ApprovalMode>('required', 'required', 'optional', 'none') });
const workflow = (steps: readonly number[], selfApproval = fc.boolean()) =>
  a('workflow', { steps: fc.constantFrom(...steps), selfApproval, timeMatters: fc.boolean() });
const appoint = a('member', {
  who: member,
  role: fc.constantFrom<MemberRole | undefined>('approver', 'manager', 'viewer', undefined),
});
const away = (deputies: readonly (Member | undefined)[]) =>
  a('away', {
    who: fc.constantFrom<Member>('lead', 'second', 'manager'),
    deputy: fc.constantFrom<Member | undefined>(...deputies),
  });
const anyVerdict = fc.constantFrom<Verdict>('approve', 'approve', 'request-changes');
const EVERY = WORKFLOWS.map((_, index) => index);
const all = (...steps: fc.Arbitrary<Step>[]): fc.Arbitrary<Step[]> => fc.tuple(...steps);
const agreed = (post: number) => [simply('ask', post), simply('agree', post)];

/** Something that happens at any time, and mostly comes in the way of something. */
const anything = (post: number): fc.Arbitrary<Step[]> =>
  fc.oneof(
    all(edit(post)),
    all(simply('reschedule', post)),
    all(simply('ask', post)),
    all(decide(post, anyVerdict, fc.boolean())),
    all(mode),
    all(workflow(EVERY)),
    all(appoint),
    all(away(['deputy', 'lead', undefined])),
    all(simply('retry', post)),
  );

/** Steps that belong together, so that a history gets somewhere. */
const scene = (post: number): fc.Arbitrary<Step[]> =>
  fc.oneof(
    { weight: 3, arbitrary: all(...agreed(post)) },
    { weight: 3, arbitrary: anything(post) },
    { weight: 2, arbitrary: all(...agreed(post), edit(post), simply('agree', post)) },
    { weight: 2, arbitrary: all(edit(post), decide(post, fc.constant('approve'), fc.constant(true))) },
    {
      weight: 2,
      arbitrary: all(...agreed(post), decide(post, fc.constant('request-changes'), fc.constant(false))),
    },
    // Refused by the network, then whatever comes, then once more.
    {
      weight: 3,
      arbitrary: fc
        .tuple(all(...agreed(post), refuse(post)), anything(post), all(simply('retry', post)))
        .map((parts) => parts.flat()),
    },
    // Approved by whoever wrote a part of it, where that is allowed.
    {
      weight: 2,
      arbitrary: all(workflow([1, 3, 4], fc.constantFrom(true, true, false)), edit(post, 'manager'), ...agreed(post)),
    },
    { weight: 2, arbitrary: all(away(['deputy']), ...agreed(post)) },
    { weight: 2, arbitrary: all(simply('ask', post), appoint, simply('agree', post), appoint) },
    { weight: 2, arbitrary: all(...agreed(post), workflow(EVERY), simply('agree', post)) },
  );

/** What happens to one post until it is tried, and a little later. */
const life = (post: number): fc.Arbitrary<Step[]> =>
  fc
    .tuple(
      fc.array(scene(post), { minLength: 1, maxLength: 3, size: 'max' }),
      fc.constantFrom([], [{ do: 'agree' as const, post }]),
      simply('attempt', post),
      fc.array(anything(post), { maxLength: 2, size: 'max' }),
      simply('attempt', post),
    )
    .map(([scenes, agreeing, attempt, more, again]) => [...scenes.flat(), ...agreeing, attempt, ...more.flat(), again]);

/** A history of two posts, whose people and workflow they share; what happens to the one comes between what does to the other. */
export const history: fc.Arbitrary<Step[]> = fc
  .tuple(life(0), life(1), fc.infiniteStream(fc.boolean()))
  .map(([one, other, turns]) => {
    const steps: Step[] = [];
    const rows = [[...one], [...other]];
    while (rows.some((row) => row.length > 0)) {
      const row = rows[turns.next().value ? 0 : 1]!;
      steps.push(...row.splice(0, row.length === 0 ? 0 : 1));
    }
    return steps;
  });

const [ONE, OTHER] = [0, 1];
const approved = (post: number): Step[] => [
  { do: 'ask', post },
  { do: 'agree', post },
];

/** What chance brings rarely: tried in every run. */
export const EXAMPLES: readonly Step[][] = [
  // Refused by the network, and taken back, or held by another workflow, before it is sent once more.
  [
    ...approved(ONE),
    { do: 'refuse', post: ONE, kind: 'refuse-content' },
    { do: 'decide', post: ONE, who: 'lead', verdict: 'request-changes', stale: false },
    { do: 'retry', post: ONE },
    { do: 'attempt', post: ONE },
    ...approved(OTHER),
    { do: 'refuse', post: OTHER, kind: 'refuse-rate-limit' },
    { do: 'ask', post: OTHER },
    { do: 'attempt', post: OTHER },
    { do: 'agree', post: OTHER },
    { do: 'attempt', post: OTHER },
  ],
  // Refused by the network and sent once more; the other one is corrected meanwhile, and its correction is approved.
  [
    ...approved(ONE),
    { do: 'refuse', post: ONE, kind: 'refuse-content' },
    { do: 'retry', post: ONE },
    { do: 'attempt', post: ONE },
    ...approved(OTHER),
    { do: 'refuse', post: OTHER, kind: 'refuse-content' },
    { do: 'edit', post: OTHER, part: 'alt', value: 1, by: 'author' },
    { do: 'retry', post: OTHER },
    { do: 'attempt', post: OTHER },
    { do: 'agree', post: OTHER },
    { do: 'attempt', post: OTHER },
  ],
  // Approved by whoever wrote it, where that is allowed; and by nobody else where it is not.
  [
    { do: 'workflow', steps: 4, selfApproval: true, timeMatters: false },
    { do: 'edit', post: ONE, part: 'text', value: 1, by: 'manager' },
    { do: 'ask', post: ONE },
    { do: 'decide', post: ONE, who: 'manager', verdict: 'approve', stale: false },
    { do: 'attempt', post: ONE },
    { do: 'workflow', steps: 4, selfApproval: false, timeMatters: true },
    { do: 'edit', post: OTHER, part: 'setting', value: 1, by: 'manager' },
    { do: 'ask', post: OTHER },
    { do: 'decide', post: OTHER, who: 'manager', verdict: 'approve', stale: false },
    { do: 'attempt', post: OTHER },
    { do: 'agree', post: OTHER },
    { do: 'reschedule', post: OTHER },
    { do: 'attempt', post: OTHER },
    { do: 'agree', post: OTHER },
    { do: 'attempt', post: OTHER },
  ],
  // A deputy is one person where two have to agree, and two where one of each has to.
  [
    { do: 'away', who: 'lead', deputy: 'second' },
    { do: 'workflow', steps: 1, selfApproval: false, timeMatters: false },
    { do: 'ask', post: OTHER },
    { do: 'decide', post: OTHER, who: 'second', verdict: 'approve', stale: false },
    { do: 'decide', post: OTHER, who: 'second', verdict: 'approve', stale: false },
    { do: 'attempt', post: OTHER },
    { do: 'decide', post: OTHER, who: 'manager', verdict: 'approve', stale: false },
    { do: 'attempt', post: OTHER },
    { do: 'away', who: 'second', deputy: 'deputy' },
    { do: 'workflow', steps: 0, selfApproval: false, timeMatters: false },
    { do: 'away', who: 'lead', deputy: 'deputy' },
    ...approved(ONE),
    { do: 'agree', post: ONE },
    { do: 'attempt', post: ONE },
  ],
  // An edit between two decisions: the second is about what is there no more, and the first counts no more.
  [
    { do: 'workflow', steps: 1, selfApproval: false, timeMatters: false },
    { do: 'ask', post: ONE },
    { do: 'decide', post: ONE, who: 'lead', verdict: 'approve', stale: false },
    { do: 'edit', post: ONE, part: 'own', value: 1, by: 'author' },
    { do: 'decide', post: ONE, who: 'second', verdict: 'approve', stale: true },
    { do: 'attempt', post: ONE },
    { do: 'decide', post: ONE, who: 'second', verdict: 'approve', stale: false },
    { do: 'attempt', post: ONE },
    { do: 'ask', post: ONE },
    { do: 'decide', post: ONE, who: 'lead', verdict: 'approve', stale: false },
    { do: 'attempt', post: ONE },
    { do: 'decide', post: ONE, who: 'manager', verdict: 'approve', stale: false },
    { do: 'decide', post: ONE, who: 'lead', verdict: 'request-changes', stale: false },
    { do: 'attempt', post: ONE },
    { do: 'member', who: 'second', role: undefined },
    { do: 'workflow', steps: 0, selfApproval: false, timeMatters: false },
    ...approved(OTHER),
    { do: 'workflow', steps: 4, selfApproval: false, timeMatters: false },
    { do: 'mode', mode: 'optional' },
    { do: 'attempt', post: OTHER },
    { do: 'mode', mode: 'none' },
    { do: 'attempt', post: ONE },
  ],
];
