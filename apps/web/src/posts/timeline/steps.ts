import { type Evidence, textOf } from './log-evidence.js';

/** A finished step of the preparation in words. Platforms name their steps themselves; an unknown one keeps its name. */
export function stepInWords(evidence: Evidence, platformName: string): string {
  const step = textOf(evidence, 'step') ?? '';
  const [name = '', detail = ''] = splitAtColon(step);
  switch (name) {
    case 'prepared':
      return evidence['again'] === true
        ? 'What was prepared before still counts.'
        : 'Everything is prepared. It waits for its time.';
    case 'upload':
    case 'photo':
    case 'item':
    case 'file':
      return `${fileInWords(detail)} was handed over to ${platformName}.`;
    case 'video':
      return videoInWords(detail, platformName);
    case 'container':
      return `${platformName} took the post as a draft that nobody sees.`;
    case 'ready':
      return `${platformName} finished processing it.`;
    case 'media':
      return mediaInWords(detail, platformName);
    case 'creator':
      return `${platformName} was asked what this account may post.`;
    case 'thumbnail':
      return `The thumbnail was offered to ${platformName}.`;
    case 'playlist':
      return 'The playlist was asked to take the video.';
    case 'quota':
      return `${platformName} was asked how many posts it still takes.`;
    case 'processed':
      return `${platformName} finished processing file ${Number(detail) + 1}.`;
    case 'key':
    case 'idempotency-key':
      return 'A key was chosen by which this very post can be recognised.';
    case 'event':
      return 'The message was put together.';
    case 'mention':
      return `The mentioned account @${detail} was looked up.`;
    default:
      return `The step “${step}” is done.`;
  }
}

/** `1` and `1:2`, its second try, are the second file: an image or a video. */
function fileInWords(detail: string): string {
  const place = /^(\d+)(:\d+)?$/.exec(detail)?.[1];
  return place === undefined ? 'A file' : `File ${Number(place) + 1}`;
}

function videoInWords(detail: string, platformName: string): string {
  switch (lastOf(detail)) {
    case 'start':
    case 'begun':
    case 'session':
      return `${platformName} is ready to take the video.`;
    case 'cover':
      return `The cover of the video was handed over to ${platformName}.`;
    case 'bytes':
    case 'finished':
    case 'video':
      return `The video was handed over to ${platformName}.`;
    case 'found':
      return `${platformName} was asked whether the video is there already.`;
    case 'ended':
      return `${platformName} could not process the video.`;
    case 'deleted':
      return `What was handed over before was deleted at ${platformName}.`;
    default:
      return `A part of the video was handed over to ${platformName}.`;
  }
}

/** `0:1` is the first file, followed by what was done with it. */
function mediaInWords(detail: string, platformName: string): string {
  const file = fileInWords(/^\d+/.exec(detail)?.[0] ?? '');
  switch (lastOf(detail)) {
    case 'begin':
      return `${platformName} is ready to take ${lowered(file)}.`;
    case 'alt':
      return `The description of ${lowered(file)} was handed over to ${platformName}.`;
    case 'failed':
      return `${platformName} could not process ${lowered(file)}.`;
    default:
      return detail.includes(':segments:')
        ? `A part of ${lowered(file)} was handed over to ${platformName}.`
        : `${file} was handed over to ${platformName}.`;
  }
}

function lowered(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function lastOf(detail: string): string {
  return detail.split(':').at(-1) ?? detail;
}

function splitAtColon(step: string): [string, string] {
  const at = step.indexOf(':');
  return at < 0 ? [step, ''] : [step.slice(0, at), step.slice(at + 1)];
}
