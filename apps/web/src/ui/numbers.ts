const CURRENCY = 'USD';

/** Making one takes longer than using it, and the composer counts for every channel at every key. */
const formats = new Map<string | undefined, Intl.NumberFormat>();

/** `25,000`, in the language of the browser. */
export function formatNumber(value: number, locale?: string): string {
  const format = formats.get(locale) ?? new Intl.NumberFormat(locale);
  formats.set(locale, format);
  return format.format(value);
}

/** `$0.20`, `$0.015`: networks ask for parts of a cent, and those are shown. @param usd in US dollars */
export function formatMoney(usd: number, locale?: string): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 4 };
  return new Intl.NumberFormat(locale, { style: 'currency', currency: CURRENCY, ...digits }).format(usd);
}
