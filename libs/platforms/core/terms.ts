import { type SegmentDraft, type Violation } from './draft.js';
import { isAsked, settingsFor } from './formats.js';
import { type FormField, type PlatformManifest } from './manifest.js';

/** What the platform says of one setting of a post right now. */
export interface SettingTerms {
  /** Only these may be chosen, of a `select`. */
  options?: readonly { value: string; label: string }[];
  /** Why it may not be chosen at all, one sentence: "This account has switched comments off in TikTok." Of a `boolean`. */
  unavailable?: string;
}

/**
 * What the platform says right now about posting as an account: who posts, and what that account may choose today. It may
 * change at any time, so that it is asked again before each post.
 */
export interface ChannelTerms {
  /** As whom the post will appear. */
  account?: { name: string; handle?: string; avatarUrl?: string };
  /** Why nothing can be posted right now, one sentence. */
  closed?: string;
  /** The longest video, in milliseconds. */
  maxVideoMs?: number;
  /** By the names of settings. */
  settings?: Readonly<Record<string, SettingTerms>>;
}

/** A form as an account may fill it in right now. */
export function fieldsByTerms(fields: readonly FormField[], { settings = {} }: ChannelTerms): FormField[] {
  return fields.map((field) => {
    const options = settings[field.name]?.options;
    if (!options) return field;
    const known = (value: string) => field.options?.find((option) => option.value === value);
    return { ...field, options: options.map((option) => ({ ...known(option.value), ...option })) };
  });
}

/** What of a draft the platform would turn down, by what it says right now. An adapter's `validate` knows the lasting rules. */
export function checkTerms(draft: SegmentDraft, terms: ChannelTerms, manifest: PlatformManifest): Violation[] {
  const told = { docs: manifest.docs, verifiedOn: manifest.verifiedOn };
  const kinds = draft.media.map(({ kind }) => kind);
  const asked = settingsFor(manifest.settings).filter((field) =>
    isAsked(field, manifest.settings, draft.settings, kinds),
  );
  return [
    ...asked.flatMap((field) => brokenSetting(field, draft, terms).map((broken) => ({ ...broken, ...told }))),
    ...brokenVideos(draft, terms, manifest).map((broken) => ({ ...broken, ...told })),
  ].map((violation) => ({ ...violation, rule: `${manifest.id}.${violation.rule}` }));
}

type Broken = Pick<Violation, 'rule' | 'field' | 'message' | 'remedy'>;

function brokenSetting(
  { name, label }: FormField,
  { settings }: SegmentDraft,
  { settings: terms = {} }: ChannelTerms,
): Broken[] {
  const { options, unavailable } = terms[name] ?? {};
  const value = settings[name];
  const field = `settings/${name}`;
  if (unavailable !== undefined && value === true) {
    return [{ rule: 'setting-unavailable', field, message: unavailable, remedy: `Switch "${label}" off.` }];
  }
  if (!options || value === undefined || options.some((option) => option.value === value)) return [];
  return [
    {
      rule: 'setting-not-offered',
      field,
      message: `This account may not choose that under "${label}" right now.`,
      remedy: `Choose ${options.map((option) => `"${option.label}"`).join(' or ')}.`,
    },
  ];
}

function brokenVideos(
  { media }: SegmentDraft,
  { maxVideoMs = Infinity }: ChannelTerms,
  { name }: PlatformManifest,
): Broken[] {
  return media.flatMap(({ kind, durationMs = 0 }, index) => {
    if (kind !== 'video' || durationMs <= maxVideoMs) return [];
    const [long, most] = [Math.ceil(durationMs / 1000), Math.floor(maxVideoMs / 1000)];
    return [
      {
        rule: 'video-too-long-for-account',
        field: `media/${index}`,
        message: `The video is ${long} seconds long; ${name} takes ${most} from this account.`,
        remedy: 'Use a shorter video.',
      },
    ];
  });
}
