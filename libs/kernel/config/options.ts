import { ConfigError } from './environment.js';
import { VARIABLES } from './variables.js';

/** One variable that a part of the product declares itself, and what it may be. */
export interface OptionVariable {
  variable: string;
  type: 'text' | 'select' | 'boolean' | 'number';
  required: boolean;
  /** What a `select` may be. */
  choices?: readonly string[];
  /** Of a `number`. */
  min?: number;
  max?: number;
  /** Characters (UTF-16 units) of a `text`. */
  maxLength?: number;
  default?: string | number | boolean;
}

/**
 * The value of a variable, or its default; undefined where there is neither. An empty variable counts as absent.
 * @throws ConfigError names the variable, the rule and an example. It never repeats a text: that may be a secret gone astray.
 */
export function readOption(env: NodeJS.ProcessEnv, option: OptionVariable): string | number | boolean | undefined {
  const text = env[option.variable]?.trim();
  if (text) return parse(option, text);
  if (option.required && option.default === undefined) throw wrong(option, 'is missing');
  return option.default;
}

/** How a value of it is written, as an example. */
export function exampleOf(option: OptionVariable): string {
  return `${option.variable}=${writtenAs(option.default) || EXAMPLES[option.type](option)}`;
}

/** A value as it is written in the environment; empty where there is none. */
export function writtenAs(value: string | number | boolean | undefined): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return value === undefined ? '' : String(value);
}

const EXAMPLES: Record<OptionVariable['type'], (option: OptionVariable) => string> = {
  boolean: () => 'on',
  number: ({ min, max }) => String(min ?? max ?? 1),
  select: ({ choices = [] }) => choices[0] ?? '',
  text: ({ maxLength }) => 'value'.slice(0, maxLength),
};

function wrong(option: OptionVariable, problem: string): ConfigError {
  return new ConfigError(option.variable, problem, exampleOf(option));
}

function parse(option: OptionVariable, text: string): string | number | boolean {
  switch (option.type) {
    case 'boolean':
      if (text !== 'on' && text !== 'off') throw wrong(option, 'must be one of on, off');
      return text === 'on';
    case 'number':
      return parseNumber(option, text);
    case 'select': {
      const { choices = [] } = option;
      if (!choices.includes(text)) throw wrong(option, `must be one of ${choices.join(', ')}`);
      return text;
    }
    case 'text': {
      const { maxLength = Infinity } = option;
      if (text.length > maxLength) {
        throw wrong(option, `has ${text.length} characters, but must have at most ${maxLength}`);
      }
      return text;
    }
  }
}

/** Digits with at most one point: "1e9", "0x10" and "Infinity" mean other things to other readers. */
const DECIMAL = /^-?\d{1,15}(\.\d{1,9})?$/;

function parseNumber(option: OptionVariable, text: string): number {
  const { min = -Infinity, max = Infinity } = option;
  const value = Number(text);
  if (DECIMAL.test(text) && value >= min && value <= max) return value;
  throw wrong(option, `must be ${rangeWords(option)}`);
}

function rangeWords({ min, max }: OptionVariable): string {
  if (min !== undefined && max !== undefined) return `a number from ${min} to ${max}`;
  if (min !== undefined) return `a number of at least ${min}`;
  return max === undefined ? 'a number' : `a number of at most ${max}`;
}

/** A variable that nothing reads, and the one that was probably meant. */
export interface StrayVariable {
  name: string;
  meant: string;
}

/** Shorter names are alike by chance. */
const SHORTEST = 6;
/** Letters that may be missing, too many, wrong or swapped. */
const SLIPS = 2;

/**
 * Variables that are set, are none of `known`, and yet look like one of them: nobody reads them, and nobody would notice.
 * Only names are compared and told.
 */
export function strayVariables(env: NodeJS.ProcessEnv, known: readonly string[]): StrayVariable[] {
  const read = new Set<string>([...known, ...Object.keys(VARIABLES)]);
  const names = Object.keys(env).filter((name) => env[name]?.trim() && !read.has(name) && name.length >= SHORTEST);
  return names.sort().flatMap((name) => {
    const meant = known.find((one) => one.length >= SHORTEST && slips(name, one) <= SLIPS);
    return meant === undefined ? [] : [{ name, meant }];
  });
}

/** How many letters have to be put in, taken out, changed or swapped with their neighbour; counted no further than needed. */
function slips(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > SLIPS) return SLIPS + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
