import { readMark } from '../plan-text.js';
import { attribute, type Case, livingState } from './attribute.js';
import { clearances, isAskedFor } from './approval.js';
import { Causes, isHeldForApproval } from './causes.js';
import { type Evidence } from './evidence.js';
import { doubled, type Finding, lost, makersOf, momentsOf, unapproved, unexplained, wrongVersion } from './rules.js';

/** What has to be 0. */
export const MUST_BE_ZERO = ['lost', 'doubled', 'wrongVersion', 'unapproved', 'unexplained'] as const;
export type Wrong = (typeof MUST_BE_ZERO)[number];

type ApprovalFigure = 'went out approved' | 'held for approval' | 'may have been approved or not';

/** What became of the publications of a run. */
export interface Verdict {
  publications: number;
  published: number;
  failed: number;
  held: number;
  cancelled: number;
  unconfirmed: number;
  /** What approvals came to; without them a run shows nothing about them. */
  approvals: Record<ApprovalFigure, number>;
  wrong: Record<Wrong, number>;
  /** Each thing that counts, with the case that it is about. */
  findings: { wrong: Wrong; finding: Finding; one?: Case }[];
}

/** Compares what people wanted, what the practice networks show, and what the database says. Pure. */
export function judge(evidence: Evidence, blind: ReadonlySet<string>): Verdict {
  const { cases, strangers } = attribute(evidence);
  const causes = new Causes(evidence.requests, blind);
  const makers = makersOf(evidence.requests);
  const findings: Verdict['findings'] = cases.flatMap((one) => {
    const by: Record<Wrong, Finding[]> = {
      lost: lost(one),
      doubled: doubled(one, makers),
      wrongVersion: wrongVersion(one),
      unapproved: unapproved(one),
      unexplained: unexplained(one, causes),
    };
    return MUST_BE_ZERO.flatMap((wrong) => by[wrong].map((finding) => ({ wrong, finding, one })));
  });
  for (const post of strangers) {
    findings.push({ wrong: 'unexplained', finding: `"${post.text}" is visible, and nobody asked for it` });
  }
  const inState = (state: string) => cases.filter((one) => livingState(one) === state).length;
  return {
    publications: cases.length,
    published: inState('published'),
    failed: inState('failed'),
    held: inState('held'),
    cancelled: inState('cancelled'),
    unconfirmed: inState('unconfirmed'),
    approvals: {
      'went out approved': cases.filter((one) => isOutApproved(one, true)).length,
      'held for approval': cases.filter(({ rows }) => rows.some(isHeldForApproval)).length,
      'may have been approved or not': cases.filter((one) => isOutApproved(one, false)).length,
    },
    wrong: Object.fromEntries(
      MUST_BE_ZERO.map((wrong) => [wrong, findings.filter((found) => found.wrong === wrong).length]),
    ) as Record<Wrong, number>,
    findings,
  };
}

/** Whether it is out where people had to approve it, and surely did; or, not `surely`, where nobody can tell. */
function isOutApproved({ intent, rows, seen }: Case, surely: boolean): boolean {
  const { approval } = intent;
  const [post] = seen.flat();
  if (!approval || !post) return false;
  const version = readMark(post.text)?.version ?? 0;
  const moments = momentsOf(rows, post).filter((moment) => isAskedFor(approval, moment));
  const answers = moments.map((moment) => clearances(approval, version, moment));
  return surely ? answers.some((one) => !one.has(false)) : answers.length > 0 && answers.every((one) => one.size > 1);
}
