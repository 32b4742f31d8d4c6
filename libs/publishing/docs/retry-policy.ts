import { FAILURE_KINDS, type Failure, type FailureKind, genericFailure } from '#platforms/core';
import {
  explainHeld,
  finalFailure,
  LEAST_WAIT_MS,
  longestLookMs,
  RETRY_POLICY,
  type RetryRule,
} from '../rules/index.js';
import { duration, table } from './markdown.js';

/** `docs/retry-policy.md`, made from the table that the engine itself works by. */
export function retryPolicyDocument(): string {
  return [INTRODUCTION, tries(), told(), HINTS, looks()].join('\n\n') + '\n';
}

const INTRODUCTION = `# What is tried again

Made from \`libs/publishing/rules/retry-policy.ts\`; \`UPDATE_DOCS=1 npm run jest -- --testPathPatterns publishing/docs\` writes it
anew, and a test fails when it is out of date. Every try and every wait is an entry of the publishing log, which says when it is
tried next and why.`;

function tries(): string {
  const rows = FAILURE_KINDS.map((kind) => {
    const rule = RETRY_POLICY[kind];
    const again = rule.tries === 1 ? 'no' : `yes, ${rule.tries} tries in all`;
    return [`\`${kind}\``, again, first(rule), longest(rule), inAll(rule), rule.explanation];
  });
  const head = [
    'Failure',
    'Tried again by itself',
    'First wait',
    'Longest wait',
    'For how long in all',
    'What happens',
  ];
  return `## How often, and for how long\n\n${table(head, rows)}`;
}

function first({ tries: all, baseMs }: RetryRule): string {
  return all === 1 ? '' : `up to ${duration(baseMs)}`;
}

function longest({ tries: all, capMs, baseMs }: RetryRule): string {
  return all === 1 ? '' : `up to ${duration(Math.min(capMs, baseMs * 2 ** (all - 2)))}`;
}

/** Jitter is drawn evenly from the whole span, so half of it is what is to be expected. */
function inAll(rule: RetryRule): string {
  if (rule.tries === 1) return '';
  const most = mostMs(rule);
  return `about ${duration(most / 2)}, at most ${duration(most)}`;
}

/** The sum of all waits, where each is as long as it can be. */
export function mostMs({ tries: all, baseMs, capMs }: RetryRule): number {
  return Array.from({ length: all - 1 }, (_, wait) => Math.min(capMs, baseMs * 2 ** wait)).reduce(
    (sum, ms) => sum + ms,
    0,
  );
}

/** What a person reads: while it is still tried, and when it is over. A platform's own words take the place of the general ones. */
function told(): string {
  const rows = FAILURE_KINDS.map((kind) => {
    const failure = genericFailure(kind, 'The platform');
    return [`\`${kind}\``, failure.message, meanwhile(kind, failure), atTheEnd(kind, failure)];
  });
  const head = ['Failure', 'What happened', 'While it is tried again', 'When it is not tried again'];
  return (
    '## What the user is told\n\n' +
    'Where an adapter knows better words, these take their place: which field, which limit, which page of the documentation. A\n' +
    'thread of which a part is out also says how much of it is.\n\n' +
    table(head, rows)
  );
}

function meanwhile(kind: FailureKind, { remedy }: Failure): string {
  return RETRY_POLICY[kind].tries > 1 ? remedy : '';
}

function atTheEnd(kind: FailureKind, failure: Failure): string {
  return kind === 'auth' ? `Held: ${explainHeld('channel-disconnected').remedy}` : finalFailure(failure).remedy;
}

const HINTS = `## How a wait is drawn

The longest wait doubles with each try, from the first up to the cap. The wait itself is drawn evenly from the whole span below
it (full jitter), so that many that failed together do not come back together, yet is never shorter than ${duration(LEAST_WAIT_MS)}.

Where a platform says when to come back (\`Retry-After\`, or a header of its own), nothing is tried before that, however long it
is; the jitter after it is small at first. After a \`rate-limit\` the whole channel waits until then.

A try that did not take place does not count: a worker that stops, a channel that was paused in the last moment, another
publication of the channel that comes first. A person's retry begins to count anew.`;

function looks(): string {
  return `## When nobody knows what became of a request

After the fence an answer that is neither a receipt nor a listed refusal is no failure. Before anything else is done, the platform
is looked at, once it has had its time to settle. What is found is published; what is absent is tried again as \`unavailable\`. A
look that was not possible is repeated: after up to ${duration(longestLookMs(0))} at first, later after up to ${duration(longestLookMs(Infinity))}, for a day. Then, or when
a look cannot tell, the publication is \`unconfirmed\` and waits for a person. It is never sent blindly.

An answer that the same is there already is no failure either: it may be this very post, sent unseen. The look goes by it, takes what is
of this publication and of no other, and fails in words where an older or somebody else's post is meant.`;
}
