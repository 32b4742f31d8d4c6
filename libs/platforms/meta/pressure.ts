import { isJsonObject, parseJson, type Pressure } from '#platforms/core';

/** Above this share of what may be asked, in percent, ClickPost waits: Meta refuses at 100. */
const SLOW_DOWN_AT = 85;
/** How long where the platform does not say it: usage is counted over a moving hour, so some of it is free again by then. */
const PAUSE_MS = 5 * 60_000;

/** Usage as one header entry tells it. https://developers.facebook.com/docs/graph-api/overview/rate-limiting */
interface Usage {
  /** The highest of its shares, in percent. */
  percent: number;
  /** Minutes until calls are allowed again; 0 = they are. */
  regainMinutes: number;
}

const SHARES = ['call_count', 'total_cputime', 'total_time'];

/**
 * What the usage headers ask for: nothing more until then once 85 % are used up. `X-App-Usage` speaks of the whole app,
 * `X-Business-Use-Case-Usage` of the Page or account that was asked.
 * https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export function usagePressure(
  name: string,
): (headers: Readonly<Record<string, string>>, now: Date) => Pressure | undefined {
  return (headers, now) => {
    const app = heaviest(usagesIn(headers['x-app-usage']));
    if (app) return { until: untilOf(app, now), scope: 'app', why: why(name, app, 'the app of this installation') };
    const channel = heaviest(usagesIn(headers['x-business-use-case-usage']));
    if (channel) return { until: untilOf(channel, now), scope: 'channel', why: why(name, channel, 'this account') };
    return undefined;
  };
}

/** When calls are allowed again: the longest `estimated_time_to_regain_access` of the usage headers. */
export function regainAt(headers: Headers, now: Date): Date | undefined {
  const usages = ['x-business-use-case-usage', 'x-app-usage'].flatMap((name) => usagesIn(headers.get(name)));
  const minutes = Math.max(0, ...usages.map(({ regainMinutes }) => regainMinutes));
  return minutes > 0 ? new Date(now.getTime() + minutes * 60_000) : undefined;
}

function untilOf({ regainMinutes }: Usage, now: Date): Date {
  return new Date(now.getTime() + (regainMinutes > 0 ? regainMinutes * 60_000 : PAUSE_MS));
}

function why(name: string, { percent }: Usage, whom: string): string {
  return `${name} says that ${percent} % of what ${whom} may ask is used up.`;
}

function heaviest(usages: readonly Usage[]): Usage | undefined {
  const heavy = usages.filter(({ percent, regainMinutes }) => percent >= SLOW_DOWN_AT || regainMinutes > 0);
  return heavy.sort((a, b) => b.regainMinutes - a.regainMinutes || b.percent - a.percent)[0];
}

function usagesIn(header: string | null | undefined): Usage[] {
  return header ? usages(parseJson(header)) : [];
}

/** The one header holds lists of usages by object id, the other a single usage. */
function usages(value: unknown): Usage[] {
  if (Array.isArray(value)) return value.flatMap(usages);
  if (!isJsonObject(value)) return [];
  const shares = SHARES.flatMap((share) => numberIn(value[share]));
  const [regainMinutes = 0] = numberIn(value.estimated_time_to_regain_access);
  if (shares.length > 0 || regainMinutes > 0) return [{ percent: Math.max(0, ...shares), regainMinutes }];
  return Object.values(value).flatMap(usages);
}

const numberIn = (value: unknown): number[] => (typeof value === 'number' ? [value] : []);
