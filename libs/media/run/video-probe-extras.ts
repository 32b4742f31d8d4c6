import { type FfprobeStream } from './video-probe-facts.js';

type Tags = Readonly<Record<string, string>>;

/** Tags that say how to read the file, or were put there by whatever wrote it; none of them tells of a person. */
const HARMLESS = new Set([
  ...['major_brand', 'minor_version', 'compatible_brands', 'encoder', 'language', 'handler_name', 'vendor_id'],
  ...['rotate', 'duration', 'bps', 'number_of_frames', 'number_of_bytes', 'alpha_mode', 'stereo_mode', 'timecode'],
  ...['_statistics_writing_app', '_statistics_writing_date_utc', '_statistics_tags'],
]);

const NAMES: readonly [RegExp, string][] = [
  [/location|iso6709|gps|xyz/, 'location'],
  [/make|model|camera|lens|software|android|firmware|device/, 'camera'],
  [/creation|date|time|year/, 'time of recording'],
];

/** A cover picture inside a file is a stream of its own, which is no video. */
export const isPicture = ({ codec_type, disposition }: FfprobeStream): boolean =>
  codec_type === 'video' && disposition?.attached_pic !== 1;

/** Does some tag name a place? */
export const saysPlace = (tags: Tags): boolean => Object.keys(tags).some((key) => nameOf(key) === 'location');

/** Whatever a video carries besides its picture and its sound, by name, each once. */
export function extrasOf(streams: readonly FfprobeStream[], tags: readonly Tags[], chapters: number): string[] {
  const ofTags = tags.flatMap((each) => Object.keys(each)).map(nameOf);
  const pictures = streams.filter(isPicture).length;
  const sounds = streams.filter(({ codec_type }) => codec_type === 'audio').length;
  const names = [
    ...ofTags,
    ...streams.map(nameOfStream),
    pictures > 1 && 'second video track',
    sounds > 1 && 'second audio track',
    chapters > 0 && 'chapters',
  ];
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

function nameOf(key: string): string | undefined {
  // Matroska writes tags in capitals, and adds the language to some.
  const plain = key.toLowerCase().replace(/-[a-z]{3}$/, '');
  if (HARMLESS.has(plain)) return undefined;
  return NAMES.find(([pattern]) => pattern.test(plain))?.[1] ?? 'description';
}

function nameOfStream(stream: FfprobeStream): string | undefined {
  switch (stream.codec_type) {
    case 'video':
      return isPicture(stream) ? undefined : 'cover picture';
    case 'audio':
      return undefined;
    case 'subtitle':
      return 'subtitles';
    case 'attachment':
      return 'attachments';
    default:
      return stream.codec_tag_string === 'tmcd' ? 'timecode' : 'data track';
  }
}
