import {
  ConfigError,
  exampleOf,
  type OptionVariable,
  readOption,
  type StrayVariable,
  strayVariables,
  writtenAs,
} from '#kernel';
import {
  type FormField,
  optionVariable,
  type OptionValues,
  type Platform,
  type PlatformManifest,
} from '#platforms/core';
import { appNamesOf, variableOf } from './app-names.js';

/** An option of a platform as whoever runs the installation sees it. */
export interface PlatformOption {
  name: string;
  label: string;
  help: string | null;
  /** The environment variable that sets it. */
  variable: string;
  /** What counts, as it is written in the environment; null where there is neither a value nor a default. */
  value: string | null;
  setBy: 'environment' | 'default';
}

/**
 * The values of a platform's options, from the environment.
 * @throws ConfigError where one is not what it may be; the sentence names variable, rule and an example
 */
export function optionsFrom(env: NodeJS.ProcessEnv): (platform: Platform) => OptionValues {
  return ({ adapter }) => {
    const { manifest } = adapter;
    const fields = variablesOf(manifest);
    const values = Object.fromEntries(
      fields.flatMap(({ name, option }) => {
        const value = readOption(env, option);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
    requireMeaning(env, fields, () => adapter.configured?.(values));
    return values;
  };
}

/** What an adapter itself finds wrong with its options is the environment's mistake too. */
function requireMeaning(env: NodeJS.ProcessEnv, fields: readonly Declared[], ask: () => unknown): void {
  try {
    ask();
  } catch (error) {
    const given = fields.map(({ option }) => option).filter(({ variable }) => env[variable]?.trim());
    const said = error instanceof Error ? error.message : String(error);
    const culprit = given.find(({ variable }) => said.includes(variable)) ?? given[0];
    if (!culprit) throw error;
    throw new ConfigError(culprit.variable, `cannot be used: ${said.replace(/\.$/, '')}`, exampleOf(culprit));
  }
}

/** Variables that look like those of a platform and are read by nobody. */
export function strayPlatformVariables(
  env: NodeJS.ProcessEnv,
  manifests: readonly PlatformManifest[],
): StrayVariable[] {
  const apps = [...new Set(manifests.flatMap(appNamesOf))].map(variableOf);
  return strayVariables(env, [
    ...manifests.flatMap((manifest) => variablesOf(manifest).map(({ option }) => option.variable)),
    ...apps.flatMap((app) => [`${app}_APP_ID`, `${app}_APP_SECRET`]),
  ]);
}

/** The options of a platform with what counts. */
export function platformOptions(manifest: PlatformManifest, values: OptionValues): PlatformOption[] {
  return variablesOf(manifest).map(({ name, field, option }) => {
    const value = values[name];
    return {
      name,
      label: field.label,
      help: field.help ?? null,
      variable: option.variable,
      value: value === undefined || value === '' ? null : writtenAs(value),
      setBy: value === field.default ? 'default' : 'environment',
    };
  });
}

interface Declared {
  name: string;
  field: FormField;
  option: OptionVariable;
}

/** What a manifest declares, as variables. @throws Error where it declares what no variable can hold */
export function variablesOf({ id, options = [] }: Pick<PlatformManifest, 'id' | 'options'>): Declared[] {
  return options.map((field) => {
    const { name, type, required, min, max, maxLength } = field;
    if (type !== 'text' && type !== 'select' && type !== 'boolean' && type !== 'number') {
      throw new Error(
        `The option "${name}" of ${id} is a ${type}; a variable holds only text, select, boolean or number.`,
      );
    }
    const option: OptionVariable = {
      variable: optionVariable(id, name),
      type,
      required,
      ...(field.options && { choices: field.options.map(({ value }) => value) }),
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
      ...(maxLength !== undefined && { maxLength }),
      ...(field.default !== undefined && { default: field.default }),
    };
    return { name, field, option };
  });
}
