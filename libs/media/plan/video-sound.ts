import { type AudioFacts } from './facts.js';
import { type VideoLimit } from './limits.js';
import { type VideoStep } from './video.js';
import { bitRateWords } from './words.js';

/** The sound of the result, where it is made anew. */
export interface Sound {
  kind: 'audio' | 'silence';
  sampleRate: number;
  channels: number;
  bitRate: number;
  reason: string;
}

/** Hertz that AAC knows. */
const SAMPLE_RATES = [48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000] as const;
const BIT_RATES = { mono: 96_000, stereo: 128_000, low: 64_000, silence: 32_000 } as const;
/** Sound that is copied goes into MP4: these two every player finds there. */
const IN_MP4 = new Set(['aac', 'mp3']);
/** Rates of sound are averages: a little more is the same. */
const NEARLY = 1.05;

/**
 * What has to be done to the sound; undefined = it is copied, or there is none and none is needed.
 * @param intoMp4 is the container a new one?
 */
export function planSound(audio: AudioFacts | undefined, limit: VideoLimit, intoMp4: boolean): Sound | undefined {
  if (!audio) {
    if (limit.needsAudio !== true) return undefined;
    return {
      kind: 'silence',
      ...target(undefined, limit),
      bitRate: Math.min(BIT_RATES.silence, most(limit)),
      reason: 'It has no sound, and one is needed: a silent one is added.',
    };
  }
  const reason = objection(audio, limit, intoMp4);
  return reason === undefined ? undefined : encodedSound(audio, limit, reason);
}

/** The sound in AAC, within the limits. */
export function encodedSound(audio: AudioFacts, limit: VideoLimit, reason: string, low = false): Sound {
  const { sampleRate, channels } = target(audio, limit);
  const usual = low ? BIT_RATES.low : channels === 1 ? BIT_RATES.mono : BIT_RATES.stereo;
  return { kind: 'audio', sampleRate, channels, bitRate: Math.min(usual, most(limit)), reason };
}

const most = ({ maxAudioBitRate = Infinity }: VideoLimit): number => maxAudioBitRate;

function target(audio: AudioFacts | undefined, limit: VideoLimit): { sampleRate: number; channels: number } {
  const highest = Math.min(limit.maxAudioSampleRate ?? Infinity, Math.max(8_000, audio?.sampleRate || 48_000));
  return {
    sampleRate: SAMPLE_RATES.find((rate) => rate <= highest) ?? 8_000,
    channels: Math.max(1, Math.min(2, audio?.channels || 2, limit.maxAudioChannels ?? 2)),
  };
}

/** Why the sound cannot stay as it is, the first thing that stands against it. */
function objection(audio: AudioFacts, limit: VideoLimit, intoMp4: boolean): string | undefined {
  const { codec, profile, sampleRate, channels, bitRate = 0 } = audio;
  const { maxAudioSampleRate: hertz = Infinity, maxAudioChannels = Infinity, maxAudioBitRate = Infinity } = limit;
  if (!limit.audioCodecs.some((accepted) => accepted === codec)) {
    return `Its sound is ${soundName(codec)}; ${limit.audioCodecs.map(soundName).join(', ')} ${limit.audioCodecs.length > 1 ? 'are' : 'is'} accepted.`;
  }
  if (profile?.startsWith('HE-AAC')) return 'Its sound is HE-AAC, which not every network plays: it becomes AAC-LC.';
  if (sampleRate > hertz) return `Its sound has ${sampleRate} samples a second; ${hertz} are allowed.`;
  if (channels > maxAudioChannels)
    return `Its sound has ${channels} channels; ${maxAudioChannels} ${maxAudioChannels === 1 ? 'is' : 'are'} allowed.`;
  if (bitRate > maxAudioBitRate * NEARLY) {
    return `Its sound takes ${bitRateWords(bitRate)}; ${bitRateWords(maxAudioBitRate)} are allowed.`;
  }
  if (channels < 1 || sampleRate < 1) return 'Its sound does not say how it is to be played.';
  return intoMp4 && !IN_MP4.has(codec)
    ? `Its sound is ${soundName(codec)}, which belongs into another kind of file.`
    : undefined;
}

function soundName(codec: string): string {
  if (codec.startsWith('pcm')) return 'uncompressed';
  return ({ opus: 'Opus', vorbis: 'Vorbis' } as Readonly<Record<string, string>>)[codec] ?? codec.toUpperCase();
}

/** The sound as a step of a plan. */
export const soundStep = ({ kind, ...sound }: Sound): VideoStep =>
  kind === 'silence' ? { kind, ...sound } : { kind, codec: 'aac', ...sound };
