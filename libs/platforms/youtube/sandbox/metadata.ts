import { isJsonObject, type JsonObject } from '#platforms/core';
import { badRequest, problem } from './answers.js';
import { type Snippet, type State, type Status } from './state.js';

/** `snippet.assignable` of https://developers.google.com/youtube/v3/docs/videoCategories/list */
const CATEGORIES = new Set(['1', '2', '10', '15', '17', '19', '20', '22', '23', '24', '25', '26', '27', '28', '29']);
const SNIPPET = ['title', 'description', 'tags', 'categoryId', 'defaultLanguage', 'defaultAudioLanguage'];
const STATUS = [
  ...['privacyStatus', 'license', 'embeddable', 'publicStatsViewable', 'selfDeclaredMadeForKids'],
  ...['containsSyntheticMedia', 'publishAt'],
];

/** `snippet` of a body. https://developers.google.com/youtube/v3/docs/videos#snippet */
export function snippetIn(body: JsonObject): Snippet {
  const snippet = objectIn(body, 'snippet', SNIPPET);
  const { title, description = '', tags = [], categoryId, defaultLanguage, defaultAudioLanguage } = snippet;
  if (typeof title !== 'string' || title.trim() === '' || [...title].length > 100 || /[<>]/.test(title)) {
    throw problem(400, 'invalidTitle', 'The request metadata specifies an invalid or empty video title.');
  }
  if (typeof description !== 'string' || Buffer.byteLength(description) > 5_000 || /[<>]/.test(description)) {
    throw problem(400, 'invalidDescription', 'The request metadata specifies an invalid video description.');
  }
  if (typeof categoryId !== 'string' || !CATEGORIES.has(categoryId)) {
    throw problem(400, 'invalidCategoryId', 'The snippet.categoryId property specifies an invalid category ID.');
  }
  return {
    ...{ title, description, tags: tagsIn(tags), categoryId },
    ...(typeof defaultLanguage === 'string' && { defaultLanguage }),
    ...(typeof defaultAudioLanguage === 'string' && { defaultAudioLanguage }),
  };
}

/** Tags as they count: each in quotation marks where it holds a blank, with commas between them. */
function tagsIn(value: unknown): string[] {
  const tags = Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : undefined;
  const written = (tags ?? []).map((tag) => (tag.includes(' ') ? `"${tag}"` : tag)).join(',');
  if (!tags || !Array.isArray(value) || tags.length !== value.length || written.length > 500 || /[<>]/.test(written)) {
    throw problem(400, 'invalidTags', 'The request metadata specifies invalid video keywords.');
  }
  return tags;
}

/** `status` of a body; what is left out is as if it had never been set. https://developers.google.com/youtube/v3/docs/videos#status */
export function statusIn(body: JsonObject): Status {
  const status = objectIn(body, 'status', STATUS);
  const { privacyStatus = 'public', license = 'youtube', publishAt } = status;
  if (privacyStatus !== 'private' && privacyStatus !== 'unlisted' && privacyStatus !== 'public') {
    throw badRequest("Invalid value for 'status.privacyStatus'.");
  }
  if (license !== 'youtube' && license !== 'creativeCommon') {
    throw problem(403, 'forbiddenLicenseSetting', 'The request attempts to set an invalid license for the video.');
  }
  if (publishAt !== undefined) {
    throw problem(400, 'invalidPublishAt', 'The request metadata specifies an invalid scheduled publishing time.');
  }
  const flag = (name: string, otherwise: boolean): boolean => {
    const value = status[name] ?? otherwise;
    if (typeof value !== 'boolean') throw badRequest(`Invalid value for 'status.${name}'.`);
    return value;
  };
  return {
    ...{ privacyStatus, license },
    embeddable: flag('embeddable', true),
    publicStatsViewable: flag('publicStatsViewable', true),
    selfDeclaredMadeForKids: flag('selfDeclaredMadeForKids', false),
    containsSyntheticMedia: flag('containsSyntheticMedia', false),
  };
}

/** What a project that is not audited may set: nothing but private. */
export function allowedPrivacy(
  state: Pick<State, 'isAudited'>,
  status: Status,
  { locked }: { locked: boolean },
): Status {
  return locked || !state.isAudited ? { ...status, privacyStatus: 'private' } : status;
}

function objectIn(body: JsonObject, name: string, known: readonly string[]): JsonObject {
  const value = body[name];
  if (!isJsonObject(value)) throw badRequest(`'${name}' is missing.`);
  const unknown = Object.keys(value).find((field) => !known.includes(field));
  if (unknown !== undefined) {
    throw badRequest(`Invalid JSON payload received. Unknown name "${unknown}" at '${name}': Cannot find field.`);
  }
  return value;
}

/** A body with these objects and no others. */
export function requireFields(body: JsonObject, known: readonly string[]): void {
  const unknown = Object.keys(body).find((name) => !known.includes(name));
  if (unknown !== undefined) throw badRequest(`Invalid JSON payload received. Unknown name "${unknown}".`);
}
