const formats = new Map<string, Intl.DateTimeFormat>();

/** Instants as people read them, in the language of the browser. Making a format is slow, so each is made once. */
function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(undefined, { timeZone: zone, ...options })));
  return found;
}

const TIME = { hour: '2-digit', minute: '2-digit' } as const;

/** `Tue, 24 Nov, 09:00`, with the year when it is another one than now. @param at ISO instant @param zone IANA name */
export function formatDateTime(at: string, zone: string): string {
  const date = new Date(at);
  const sameYear = date.getFullYear() === new Date().getFullYear();
  const day = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(!sameYear && ({ year: 'numeric' } as const)),
  } as const;
  return format(zone, { ...day, ...TIME }).format(date);
}

/** `24 November 2026, 09:00:12 CET`. */
export function formatPrecise(at: string, zone: string): string {
  const day = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  return format(zone, { ...day, ...TIME, second: '2-digit', timeZoneName: 'short' }).format(new Date(at));
}

/** `24 Nov`, with the year when it is another one than now. */
export function formatShortDay(at: string, zone: string): string {
  const date = new Date(at);
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return format(zone, { day: 'numeric', month: 'short', ...(!sameYear && { year: 'numeric' }) }).format(date);
}

/** `09:00:12`. */
export function formatClock(at: string, zone: string): string {
  return format(zone, { ...TIME, second: '2-digit' }).format(new Date(at));
}

/** `09:00`. */
export function formatTime(at: string, zone: string): string {
  return format(zone, TIME).format(new Date(at));
}

/** `Tuesday, 24 November`. */
export function formatDay(at: string, zone: string): string {
  return format(zone, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at));
}
