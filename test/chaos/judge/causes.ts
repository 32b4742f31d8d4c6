import { type RequestRecord } from '#sandbox';
import { clearances, THE_END } from './approval.js';
import { type Case, living } from './attribute.js';
import { type LogRow, type PublicationRow } from './evidence.js';

/** What was injected, as far as it may justify that something is not out. */
export class Causes {
  private readonly faults: readonly RequestRecord[];
  private readonly used = new Set<RequestRecord>();

  constructor(
    requests: readonly RequestRecord[],
    /** Networks that offer no way to find out what became of a request. */
    private readonly blind: ReadonlySet<string>,
  ) {
    this.faults = requests.filter(({ fault }) => fault !== undefined);
  }

  isBlind(network: string): boolean {
    return this.blind.has(network);
  }

  /** Whether the last answer that an entry tells was an injected one. Each of those explains one entry. */
  explains(network: string, { at, exchanges }: LogRow): boolean {
    const last = exchanges.at(-1);
    if (!last) return false;
    const fits = this.faults
      .filter((record) => !this.used.has(record) && record.platform === network && isSame(record, last))
      .filter((record) => isNear(Date.parse(record.at), at))
      .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
    if (fits[0]) this.used.add(fits[0]);
    return fits.length > 0;
  }
}

/** An attempt that uploads lasts no longer, in milliseconds. */
const ATTEMPT_MS = 75_000;
const CLOCKS_MS = 500;

function isNear(record: number, entry: number): boolean {
  return record <= entry + CLOCKS_MS && record >= entry - ATTEMPT_MS;
}

function isSame(record: RequestRecord, exchange: LogRow['exchanges'][number]): boolean {
  if (exchange.method !== record.method) return false;
  const path = `/${record.platform}${record.path}`.split('/');
  const told = (exchange.path.split('?')[0] ?? '').split('/');
  // The log leaves out what might be a secret.
  return path.length === told.length && told.every((word, index) => word === path[index] || word === '[redacted]');
}

/** Whether a missing approval is what it says it is held for. */
export function isHeldForApproval({ state, heldReason }: PublicationRow): boolean {
  return state === 'held' && /^(approval-missing|changed-after-approval)$/.test(heldReason ?? '');
}

/** Whether an approval may be missing for what it says at last. */
function mayBeUnapproved({ intent: { approval, versions } }: Case): boolean {
  if (!approval) return false;
  const sure = versions.findLastIndex(({ standing }) => standing === 'acknowledged');
  return versions.slice(Math.max(0, sure)).some(({ value }) => clearances(approval, value, THE_END).has(false));
}

/** Where the second of two that say the same is refused, since the first is there. */
const REFUSES_TWICE: ReadonlySet<string> = new Set(['linkedin', 'x']);

/** Whether the very same was asked for on the same account more than once. */
function isTwin({ dues }: Case): boolean {
  return dues.length > 1;
}

/**
 * Whether the network's documentation offers no way to know: of twins on networks that are read back by what a post says,
 * which of them it is; of photos on TikTok, anything, as they are in no list; of what hangs below a member's post on LinkedIn, anything, as members' posts may not be read.
 */
function isUnknowable(one: Case): boolean {
  const { network, way, parts } = one.intent;
  switch (network) {
    case 'google-business':
    case 'pinterest':
    case 'x':
      return isTwin(one);
    case 'tiktok':
      return parts[0]?.video !== true;
    case 'linkedin':
      return way === 'member' && (isTwin(one) || parts.some(({ kind }) => kind === 'comment'));
    default:
      return false;
  }
}

/** Whether an injected cause justifies that a publication failed, is held, or is left to a person. */
export function isExplained(one: Case, causes: Causes): boolean {
  const row = living(one.rows);
  if (!row) return false;
  switch (row.state) {
    case 'failed': {
      const end = row.log.findLast(({ kind }) => kind === 'failed');
      if (end === undefined) return false;
      const isSecond = isTwin(one) && REFUSES_TWICE.has(one.intent.network) && /^duplicate\b/.test(end.failure ?? '');
      return isSecond || causes.explains(one.intent.network, end);
    }
    case 'held':
      // Everything that was paused or disconnected is back at the end, so only a missing approval holds.
      return isHeldForApproval(row) && mayBeUnapproved(one);
    case 'unconfirmed':
      return causes.isBlind(one.intent.network) || isUnknowable(one);
    default:
      return true;
  }
}
