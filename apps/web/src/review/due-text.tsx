import { formatDateTime, formatPrecise } from '../ui/dates.js';
import { zoneName } from '../ui/zone.js';

/** When something goes out, by the clock of the place for which it was planned. */
export function DueText({ at, timeZone }: { at: string; timeZone: string }) {
  return (
    <time className="tabular" dateTime={at} title={formatPrecise(at, timeZone)}>
      {formatDateTime(at, timeZone)} ({zoneName(timeZone)})
    </time>
  );
}
