import { type ApprovalWorkflow } from './queries.js';

/** Hours before the due time that are offered. */
const OFFERED = [1, 2, 4, 8, 12, 24, 48, 72, 168, 336];
const DAY = 24;

/** `2 hours before`, `1 day before`. */
export function hoursWords(hours: number): string {
  const [count, unit] = hours % DAY === 0 ? [hours / DAY, 'day'] : [hours, 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'} before`;
}

/** What can be chosen, with what was chosen by other means. */
export function hourChoices(chosen: readonly number[]): { value: string; label: string }[] {
  const all = [...new Set([...OFFERED, ...chosen])].sort((a, b) => a - b);
  return all.map((hours) => ({ value: String(hours), label: hoursWords(hours) }));
}

/** What is set, in a line: "Reminded 1 day before and 2 hours before. More people are asked 4 hours before." */
export function timingWords({ reminders, escalation }: Pick<ApprovalWorkflow, 'reminders' | 'escalation'>): string {
  const times = [...reminders].sort((a, b) => b - a).map(hoursWords);
  const last = times.at(-1);
  const reminded =
    last === undefined
      ? 'Nobody is reminded.'
      : `Reminded ${times.length === 1 ? last : `${times.slice(0, -1).join(', ')} and ${last}`}.`;
  return escalation ? `${reminded} More people are asked ${hoursWords(escalation.hours)}.` : reminded;
}

/** Addresses as they were typed, parted into those that can be ones and the first that cannot. */
export function checkedAddresses(typed: readonly string[]): { addresses: string[]; wrong?: string } {
  const all = typed.map((address) => address.trim()).filter((address) => address !== '');
  const wrong = all.find((address) => !ADDRESS.test(address));
  const addresses = [...new Set(all.filter((address) => ADDRESS.test(address)).map((one) => one.toLowerCase()))];
  return wrong === undefined ? { addresses } : { addresses, wrong };
}

const ADDRESS = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]{2,}$/;
