import {
  escapeHtml,
  htmlPage,
  isJsonObject,
  type JsonObject,
  problemPage,
  readSandboxImage,
  type SandboxAnswer,
  type SandboxFile,
  type SandboxPulled,
  type SandboxRequest,
} from '#platforms/core';
import { digits } from '#platforms/google/sandbox';
import { type NamedPhoto, readPatch, readPostBody } from './body.js';
import { invalidPhoto, invalidPost, type Manager, notFound, pageOf, placeOf, requireQuery } from './calls.js';
import { CHECK_MS, type Place, type Post, type State } from './state.js';

/** JPG or PNG, 10 KB to 5 MB, 250 pixels on the short edge. https://developers.google.com/my-business/reference/rest/v4/accounts.locations.media */
const PHOTO = { minBytes: 10_240, maxBytes: 5 * 1024 * 1024, minEdge: 250 } as const;
/** What looks like the number of a telephone. https://support.google.com/business/answer/7342169 */
const TELEPHONE = /(?<![\w-])(?:\+\d{9,15}|(?:\+\d{1,3}[\s.-]?)?\(?\d{3,4}\)?[\s.-]\d{3,4}[\s.-]?\d{3,4})(?![\w-])/;

/** `POST …/localPosts`: https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts/create */
export async function createPost(state: State, manager: Manager, request: SandboxRequest): Promise<SandboxAnswer> {
  requireQuery(request, []);
  const { account, place } = placeOf(manager, request);
  const { fields, photos } = readPostBody(request.json);
  if (!place.canPost) throw invalidPost('name', 'This location can have no posts.');
  const files: Post['files'] = [];
  for (const photo of photos) files.push(await fetched(state, photo));
  const at = new Date(state.now()).toISOString();
  const id = digits(`post:${crypto.randomUUID()}`, 19);
  const verdict = verdictOn(state, fields);
  const post: Post = {
    ...{ name: `${account.name}/${place.id}/localPosts/${id}`, place: place.id, fields, files, verdict },
    ...{ state: 'PROCESSING', settlesAt: state.now() + CHECK_MS, createTime: at, updateTime: at },
  };
  // A text alone is live at once; photos, and what will be rejected, are checked for a while.
  const isChecked = files.length > 0 || verdict === 'REJECTED' || state.switched('hold') === true;
  const made: Post = isChecked ? post : { ...post, state: 'LIVE' };
  state.posts.set(made.name, made);
  if (made.state === 'LIVE') show(state, made, place);
  return { status: 200, body: nodeOf(state, made) };
}

/** What the check will say: what an order wants, else whether there is a telephone number in the text. */
function verdictOn(state: State, { summary }: JsonObject): Post['verdict'] {
  const ordered = state.switched('verdict');
  if (ordered !== undefined) state.switches.delete('verdict');
  if (ordered === 'LIVE' || ordered === 'REJECTED') return ordered;
  return typeof summary === 'string' && TELEPHONE.test(summary) ? 'REJECTED' : 'LIVE';
}

/** `GET …/localPosts/{id}` */
export function getPost(state: State, manager: Manager, request: SandboxRequest): SandboxAnswer {
  requireQuery(request, []);
  return { status: 200, body: nodeOf(state, postOf(state, manager, request)) };
}

/** `GET …/localPosts`, newest first: https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts/list */
export function listPosts(state: State, manager: Manager, request: SandboxRequest): SandboxAnswer {
  requireQuery(request, ['pageSize', 'pageToken']);
  const { place } = placeOf(manager, request);
  const posts = state.posts
    .entries()
    .map(([, post]) => post)
    .filter((post) => post.place === place.id)
    .sort((a, b) => (a.createTime < b.createTime ? 1 : -1));
  const { items, ...more } = pageOf(posts, request, { usual: 20, most: 100 });
  const nodes = items.map((post) => nodeOf(state, post));
  return { status: 200, body: { ...(nodes.length > 0 && { localPosts: nodes }), ...more } };
}

/** `PATCH …/localPosts/{id}?updateMask=summary`: the new text is checked as well. */
export function patchPost(state: State, manager: Manager, request: SandboxRequest): SandboxAnswer {
  requireQuery(request, ['updateMask']);
  const post = postOf(state, manager, request);
  const summary = readPatch(request.json, request.query.updateMask ?? '');
  const fields = { ...post.fields, summary };
  const verdict = verdictOn(state, fields);
  const changed: Post = {
    ...{ ...post, fields, verdict, updateTime: new Date(state.now()).toISOString() },
    ...(verdict === 'REJECTED' && { state: 'PROCESSING' as const, settlesAt: state.now() + CHECK_MS }),
  };
  state.posts.set(post.name, changed);
  const seen = state.world.visible(post.place).find(({ id }) => id === post.name);
  if (seen) {
    state.world.hide(post.place, post.name);
    state.world.show({ ...seen, text: summary });
  }
  return { status: 200, body: nodeOf(state, changed) };
}

/** `DELETE …/localPosts/{id}` */
export function deletePost(state: State, manager: Manager, request: SandboxRequest): SandboxAnswer {
  requireQuery(request, []);
  const { name, place } = postOf(state, manager, request);
  state.posts.delete(name);
  state.world.hide(place, name);
  return { status: 200, body: {} };
}

/** Ends the checks whose time has come. */
export function settlePosts(state: State): void {
  if (state.switched('hold') === true) return;
  for (const [name, post] of state.posts.entries()) {
    if (post.state !== 'PROCESSING' || post.settlesAt > state.now()) continue;
    const settled = { ...post, state: post.verdict };
    state.posts.set(name, settled);
    if (post.verdict === 'REJECTED') state.world.hide(post.place, name);
    else show(state, settled, placeNamed(state, post.place));
  }
}

/** Where a post is seen. */
export function showPost(state: State, { params }: SandboxRequest): SandboxAnswer {
  const post = state.posts
    .entries()
    .map(([, one]) => one)
    .find(({ name }) => idOf(name) === params.id);
  if (post?.state !== 'LIVE') return problemPage('Google', 'This post is no longer available.', 404);
  const { summary, event } = post.fields;
  const title = isJsonObject(event) && typeof event.title === 'string' ? event.title : 'Update';
  return htmlPage('Google', title, `<p>${escapeHtml(typeof summary === 'string' ? summary : '')}</p>`);
}

function postOf(state: State, manager: Manager, request: SandboxRequest): Post {
  const { account, place } = placeOf(manager, request);
  const post = state.posts.get(`${account.name}/${place.id}/localPosts/${request.params.post ?? ''}`);
  if (!post) throw notFound();
  return post;
}

/** Google fetches a photo while it takes the post. */
async function fetched({ world }: State, { sourceUrl }: NamedPhoto): Promise<Post['files'][number]> {
  const file = await fileAt(world, sourceUrl);
  const image = readSandboxImage(file);
  if (image?.contentType !== 'image/jpeg' && image?.contentType !== 'image/png')
    throw invalidPhoto('The image is no JPG or PNG.');
  if (file.bytes < PHOTO.minBytes) throw invalidPhoto(`The photo has ${file.bytes} bytes; it needs ${PHOTO.minBytes}.`);
  if (file.bytes > PHOTO.maxBytes) throw invalidPhoto('The photo is larger than 5 MB.');
  if (Math.min(image.width, image.height) < PHOTO.minEdge) {
    throw invalidPhoto(`The photo has ${image.width} by ${image.height} pixels; each edge needs ${PHOTO.minEdge}.`);
  }
  const digest = world.keep(file, image.contentType);
  return { contentType: image.contentType, bytes: file.bytes, digest };
}

async function fileAt(world: State['world'], url: string): Promise<SandboxFile> {
  const failed = () => invalidPhoto('Fetching image failed.');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw failed();
  let answer: SandboxPulled;
  try {
    answer = await world.pull(url);
  } catch {
    // Whatever kept it from being reached, Google says no more than that.
    throw failed();
  }
  if (answer.status < 200 || answer.status > 299) throw failed();
  return answer.file;
}

function placeNamed(state: State, id: string): Pick<Place, 'id' | 'title'> {
  const people = state.people.entries().map(([, person]) => person);
  const places = people.flatMap(({ id: personId, name }) =>
    state.accountsOf(personId, name).flatMap(({ places: all }) => all),
  );
  return places.find((place) => place.id === id) ?? { id, title: id };
}

function show(state: State, post: Post, { id, title }: Pick<Place, 'id' | 'title'>): void {
  const { summary, callToAction, topicType, event, offer, languageCode } = post.fields;
  const action = isJsonObject(callToAction) ? callToAction : {};
  state.world.show({
    platform: 'google-business',
    account: id,
    accountName: title,
    id: post.name,
    text: typeof summary === 'string' ? summary : '',
    ...(typeof action.url === 'string' && { link: action.url }),
    media: post.files,
    at: post.createTime,
    permalink: addressOf(state, post),
    details: {
      format: typeof topicType === 'string' ? topicType.toLowerCase() : '',
      ...(languageCode !== undefined && { languageCode }),
      ...(typeof action.actionType === 'string' && { button: action.actionType }),
      ...(event !== undefined && { event }),
      ...(offer !== undefined && { offer }),
    },
  });
}

function nodeOf(state: State, post: Post): JsonObject {
  const { name, fields, files, createTime, updateTime } = post;
  return {
    ...{ name, ...withoutZeros(fields), state: post.state, createTime, updateTime },
    ...(post.state === 'LIVE' && { searchUrl: addressOf(state, post) }),
    ...(files.length > 0 && {
      media: files.map(({ digest }, index) => ({
        name: `${name.replace(/\/localPosts\/.*/, '')}/media/localPosts/${digits(`${name}:${index}`, 19)}`,
        mediaFormat: 'PHOTO',
        googleUrl: `${state.world.baseUrl}/photos/${digest}`,
      })),
    }),
  };
}

/** Zeros and empty texts are left out of JSON. https://protobuf.dev/programming-guides/json/ */
function withoutZeros(value: JsonObject): JsonObject {
  const kept = Object.entries(value).filter(([, part]) => part !== 0 && part !== '');
  return Object.fromEntries(kept.map(([name, part]) => [name, isJsonObject(part) ? withoutZeros(part) : part]));
}

function addressOf({ world }: State, { name }: Post): string {
  return `${world.baseUrl}/search/posts/${idOf(name)}`;
}

function idOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
