import { type DraftMediaKind } from './draft.js';
import { type Json, type JsonObject } from './json.js';
import {
  type Capabilities,
  type FieldCondition,
  type FormField,
  type PlatformLimits,
  type PostFormat,
} from './manifest.js';

/** The setting that says which kind of post it is. */
export const FORMAT_SETTING = 'format';

interface Formatted {
  formats?: readonly PostFormat[];
}

/** The field by which people choose a format: the first of the manifest's settings. */
export function formatField(formats: readonly PostFormat[]): FormField {
  const [first] = formats;
  return {
    name: FORMAT_SETTING,
    label: 'Format',
    type: 'select',
    required: false,
    options: formats.map(({ id, label }) => ({ value: id, label })),
    ...(first && { default: first.id }),
  };
}

/** The format that the settings name; the first where they name none. Undefined where the platform has no formats. */
export function formatOf({ formats }: Formatted, settings: Readonly<Record<string, unknown>>): PostFormat | undefined {
  return formats?.find(({ id }) => id === settings[FORMAT_SETTING]) ?? formats?.[0];
}

/**
 * What a post with these settings may contain.
 * @param limits of the channel, where it has its own, else of the manifest
 */
export function limitsFor(
  manifest: Formatted,
  limits: PlatformLimits,
  settings: Readonly<Record<string, unknown>>,
): PlatformLimits {
  const format = formatOf(manifest, settings);
  return format === undefined || format === manifest.formats?.[0] ? limits : format.limits;
}

/** What is different on one channel, by the names of `ChannelInfo`. Left out = as the manifest says. */
export interface ChannelDifferences {
  capabilities?: Partial<Capabilities> | null | undefined;
  withoutSettings?: readonly string[] | null | undefined;
}

/**
 * What a post with these settings can have beside it. The channel's word counts before the manifest's, and what a format
 * cannot have, it has on no channel.
 */
export function capabilitiesFor(
  manifest: Formatted & { capabilities: Capabilities },
  settings: Readonly<Record<string, unknown>>,
  { capabilities: own }: ChannelDifferences = {},
): Capabilities {
  const format = formatOf(manifest, settings)?.capabilities ?? {};
  const can = { ...manifest.capabilities, ...format };
  if (!own) return can;
  const names = Object.keys(can) as (keyof Capabilities)[];
  for (const name of names) can[name] = own[name] === undefined ? can[name] : own[name] && format[name] !== false;
  return can;
}

/** The settings of a post that a channel has. */
export function settingsFor<F extends Pick<FormField, 'name'>>(
  fields: readonly F[],
  { withoutSettings }: ChannelDifferences = {},
): F[] {
  return fields.filter(({ name }) => withoutSettings?.includes(name) !== true);
}

/**
 * What a `lookup` field needs before anything can be looked up in it: the field that it depends on, where nothing is chosen
 * there.
 */
export function missingBefore<F extends Pick<FormField, 'name' | 'dependsOn'>>(
  { dependsOn }: Pick<FormField, 'dependsOn'>,
  fields: readonly F[],
  values: Readonly<Record<string, unknown>>,
): F | undefined {
  if (dependsOn === undefined || isLookedUp(values[dependsOn])) return undefined;
  return fields.find(({ name }) => name === dependsOn);
}

/**
 * Whether a field counts, given what is chosen in the others.
 * @param files of which kinds the files of the post are, where it has any
 */
export function isAsked(
  { when, unless, onlyWith }: Pick<FormField, 'when' | 'unless' | 'onlyWith'>,
  fields: readonly FormField[],
  values: Readonly<Record<string, unknown>>,
  files: readonly DraftMediaKind[] = [],
): boolean {
  if (onlyWith !== undefined && files.length > 0 && !files.includes(onlyWith)) return false;
  return (!when || holds(when, fields, values, files)) && (!unless || !holds(unless, fields, values, files));
}

function holds(
  { setting, values: wanted }: FieldCondition,
  fields: readonly FormField[],
  values: Readonly<Record<string, unknown>>,
  files: readonly DraftMediaKind[],
): boolean {
  const other = fields.find(({ name }) => name === setting);
  const value = values[setting] ?? other?.default;
  return (
    (typeof value === 'string' || typeof value === 'boolean') &&
    wanted.includes(value) &&
    (other === undefined || isAsked(other, fields, values, files))
  );
}

/** Why a switch may not be switched on, or an option not be chosen, as the others stand; undefined where it may. */
export function barredBy(
  { barred }: Pick<FormField, 'barred'>,
  fields: readonly FormField[],
  values: Readonly<Record<string, unknown>>,
  files: readonly DraftMediaKind[] = [],
): string | undefined {
  return barred && holds(barred, fields, values, files) ? barred.why : undefined;
}

/** What people are told of a switch that is on; undefined while it is off. */
export function toldOnceOn(
  { name, default: preset, whenOn }: Pick<FormField, 'name' | 'default' | 'whenOn'>,
  fields: readonly FormField[],
  values: Readonly<Record<string, unknown>>,
  files: readonly DraftMediaKind[] = [],
): string | undefined {
  if (!whenOn || (values[name] ?? preset) !== true) return undefined;
  return whenOn.unless && holds(whenOn.unless, fields, values, files) ? undefined : whenOn.text;
}

/** A name on a place of an image: the value of a `marks` field holds several. */
export interface Mark {
  /** Which file of the post, from 0. */
  media: number;
  /** 0 to 1 from the left and from the top. */
  x: number;
  y: number;
  text: string;
}

/** What was chosen in a `lookup` field. */
export interface LookedUp {
  value: string;
  label: string;
}

/** The value of a `texts` setting; empty where nothing was entered. */
export function textsOf(settings: JsonObject, name: string): string[] {
  const value = settings[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The value of a `marks` setting. */
export function marksOf(settings: JsonObject, name: string): Mark[] {
  const value = settings[name];
  return Array.isArray(value) ? value.filter(isMark) : [];
}

/** The value of a `lookup` setting. */
export function lookedUpOf(settings: JsonObject, name: string): LookedUp | undefined {
  const value = settings[name];
  return isLookedUp(value) ? value : undefined;
}

/** Whether something is a day that exists, as a `date` field holds it: `2026-12-31`. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** Whether something is a time of day, as a `time` field holds it: `18:30`. */
export function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
}

/** Whether something is what a `marks` field holds one of. */
export function isMark(value: unknown): value is Json & Mark {
  if (typeof value !== 'object' || value === null) return false;
  const { media, x, y, text } = value as Partial<Record<keyof Mark, unknown>>;
  return Number.isInteger(media) && Number(media) >= 0 && isShare(x) && isShare(y) && typeof text === 'string';
}

/** Whether something is what a `lookup` field holds. */
export function isLookedUp(value: unknown): value is Json & LookedUp {
  if (typeof value !== 'object' || value === null) return false;
  const { value: id, label } = value as Partial<Record<keyof LookedUp, unknown>>;
  return typeof id === 'string' && typeof label === 'string';
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
