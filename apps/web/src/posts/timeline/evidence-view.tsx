import { Group, Stack } from '@mantine/core';
import { CopyIcon } from '../../ui/copy-button.js';
import { costInWords, usesIn } from '../../ui/costs.js';
import parts from '../posts.module.css';
import { type Exchange } from './log-evidence.js';
import classes from './timeline.module.css';

interface EvidenceViewProps {
  exchanges: readonly Exchange[];
  /** Everything else that was kept. */
  rest: readonly [string, unknown][];
}

/** What was kept of the requests, without secrets, and everything else that the entry knows. */
export function EvidenceView({ exchanges, rest }: EvidenceViewProps) {
  return (
    <Stack gap="xs" className={classes['evidence'] ?? ''}>
      {exchanges.length > 0 && <Exchanges exchanges={exchanges} />}
      {rest.length > 0 && (
        <dl className={parts['facts']}>
          {rest.map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{wordsOf(name)}</dt>
              <dd>{shown(name, value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Stack>
  );
}

function Exchanges({ exchanges }: { exchanges: readonly Exchange[] }) {
  return (
    <div className={classes['scroll']} tabIndex={0} role="group" aria-label="Requests, without secrets">
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">Request</th>
            <th scope="col">Answer</th>
            <th scope="col">Time</th>
            <th scope="col">Request id</th>
          </tr>
        </thead>
        <tbody>
          {exchanges.map((exchange) => (
            <tr key={`${exchange.startedAt} ${exchange.method} ${exchange.path}`}>
              <td>
                <span className={classes['method']}>{exchange.method}</span> {exchange.host}
                <wbr />
                {exchange.path}
                <Limits limits={exchange.rateLimit} />
              </td>
              <td data-label="Answer" data-refused={(exchange.status ?? 500) >= 400 || undefined}>
                {exchange.status ?? exchange.error ?? 'none'}
              </td>
              <td data-label="Time">{exchange.durationMs} ms</td>
              <td data-label="Request id">
                {exchange.requestId === undefined ? '–' : <RequestId id={exchange.requestId} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RequestId({ id }: { id: string }) {
  return (
    <Group gap={4} wrap="nowrap">
      <span>{id}</span>
      <CopyIcon text={() => id} label="Copy the request id" />
    </Group>
  );
}

/** What the platform said about how much is left. */
function Limits({ limits }: { limits: Exchange['rateLimit'] }) {
  if (!limits) return null;
  return (
    <ul className={classes['limits']}>
      {Object.entries(limits).map(([name, value]) => (
        <li key={name}>
          {name}: {value}
        </li>
      ))}
    </ul>
  );
}

/** `platformObjectId` as `Platform object id`. */
function wordsOf(name: string): string {
  const spaced = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.slice(0, 1).toUpperCase() + spaced.slice(1);
}

function shown(name: string, value: unknown): string {
  const uses = name === 'costs' ? usesIn(value) : [];
  if (uses.length > 0) return uses.map((use) => costInWords([use])).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value) && value.length === 0) return 'none';
  return JSON.stringify(value);
}
