import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { forbidden, problem } from './answers.js';
import { readBody, type Wanted } from './body.js';
import { filesOf, remember, requireAllowed } from './rules.js';
import { type Media, newId, type Person, type Post, type State } from './state.js';
import { storeText } from './store-text.js';

/** `POST /2/tweets`: a post, or the next edit of one. https://docs.x.com/x-api/posts/create-post */
export function createPost(state: State, person: Person, request: SandboxRequest): SandboxAnswer {
  const wanted = readBody(request.json);
  requireAllowed(state, person, wanted);
  const before = wanted.edits === undefined ? undefined : state.posts.get(wanted.edits);
  const files = filesOf(state, person, wanted.media);
  const post = postOf(state, person, wanted, files, before);
  state.posts.set(post.id, post);
  remember(state, post);
  if (before) {
    state.posts.set(before.id, { ...before, replaced: true });
    state.world.hide(person.id, before.id);
  }
  show(state, person, post);
  const { id, stored, history } = post;
  return { status: 201, body: { data: { id, text: stored, edit_history_post_ids: history } } };
}

/** `DELETE /2/tweets/{id}`: any edit stands for all. https://docs.x.com/x-api/posts/delete-post */
export function deletePost(state: State, person: Person, { params }: SandboxRequest): SandboxAnswer {
  const { id = '' } = params;
  const post = state.posts.get(id);
  if (!post) {
    throw problem(404, 'resource-not-found', 'Not Found Error', `Could not find tweet with id: [${id}].`, {
      resource_type: 'tweet',
      resource_id: id,
      parameter: 'id',
      value: id,
    });
  }
  if (post.userId !== person.id) throw forbidden('You are not authorized to delete this Tweet.');
  for (const key of chainOf(state, post)) {
    state.posts.delete(key);
    state.world.hide(person.id, key);
  }
  return { status: 200, body: { data: { deleted: true } } };
}

/** The post and all its edits, before and after. */
function chainOf(state: State, { id, history, replaced }: Post): string[] {
  if (replaced !== true) return history;
  const [first = id] = history;
  return state.posts.entries().flatMap(([key, other]) => (other.history[0] === first ? [key] : []));
}

function postOf(state: State, person: Person, wanted: Wanted, files: readonly Media[], before?: Post): Post {
  const id = newId(state.now());
  const replyTo = before?.replyTo ?? wanted.replyTo;
  const parent = replyTo === undefined ? undefined : state.posts.get(replyTo);
  const text = wanted.text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
  const address = `https://x.com/${person.username}/status/${id}`;
  const added = [
    ...(wanted.quotes === undefined ? [] : [`https://x.com/i/status/${wanted.quotes}`]),
    ...(files[0] ? [`${address}/${files[0].contentType.startsWith('video/') ? 'video' : 'photo'}/1`] : []),
  ];
  return {
    id,
    userId: person.id,
    text,
    ...storeText(text, added),
    at: state.world.now().toISOString(),
    media: files.map((file) => file.id),
    history: [...(before?.history ?? []), id],
    root: parent?.root ?? before?.root ?? id,
    ...(replyTo !== undefined && { replyTo }),
    ...(wanted.quotes !== undefined && { quotes: wanted.quotes }),
    ...(wanted.poll && { poll: wanted.poll.options, pollMinutes: wanted.poll.minutes }),
    ...(wanted.replySettings !== undefined && { replySettings: wanted.replySettings }),
    ...(wanted.madeWithAi && { madeWithAi: true }),
    ...(wanted.paidPartnership && { paidPartnership: true }),
  };
}

function show(state: State, { username }: Person, post: Post): void {
  const files = post.media.flatMap((id) => state.media.get(id) ?? []);
  const details: JsonObject = {
    format: 'post',
    ...(post.replyTo !== undefined && { parent: post.replyTo }),
    ...(post.poll && { poll: post.poll, pollMinutes: post.pollMinutes ?? 0 }),
    ...(post.replySettings !== undefined && { replySettings: post.replySettings }),
    ...(post.quotes !== undefined && { quotes: post.quotes }),
    ...(post.madeWithAi && { madeWithAi: true }),
    ...(post.paidPartnership && { paidPartnership: true }),
    ...(post.history.length > 1 && { edits: post.history.length - 1 }),
  };
  state.world.show({
    platform: 'x',
    account: post.userId,
    accountName: `@${username}`,
    id: post.id,
    text: post.text,
    media: files.map(({ contentType, bytes, digest, altText }) => ({
      contentType,
      bytes,
      digest,
      ...(altText !== undefined && { altText }),
    })),
    at: post.at,
    permalink: `${state.world.baseUrl}/www/${username}/status/${post.id}`,
    ...(post.replyTo !== undefined && { replyTo: post.replyTo }),
    details,
  });
}
