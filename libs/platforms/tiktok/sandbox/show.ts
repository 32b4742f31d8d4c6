import {
  type JsonObject,
  problemPage,
  htmlPage,
  escapeHtml,
  type SandboxAnswer,
  type SandboxRequest,
} from '#platforms/core';
import { newPostId, type Info, type Publish, type State } from './state.js';

const AUDIENCES: Readonly<Record<string, string>> = {
  PUBLIC_TO_EVERYONE: 'everyone',
  MUTUAL_FOLLOW_FRIENDS: 'friends',
  FOLLOWER_OF_CREATOR: 'followers',
  SELF_ONLY: 'only you',
};

/** Shows a post in the feed, under what a receipt would call it: its own id is told of public posts alone. */
export function showPost(state: State, publish: Publish): void {
  const isPublic = !publish.isDraft && publish.info.privacy === 'PUBLIC_TO_EVERYONE';
  const shown: Publish = { ...publish, ...(isPublic && { postId: newPostId() }) };
  state.publishes.set(shown.id, shown);
  const { openId, info, files, kind, postId } = shown;
  const { name, username } = state.person(openId);
  state.world.show({
    platform: 'tiktok',
    account: openId,
    accountName: name,
    id: postId ?? shown.id,
    text: info.text,
    media: files.map((file) => ({ ...file })),
    at: new Date(shown.completeAt ?? state.now()).toISOString(),
    ...(postId !== undefined && {
      permalink: `${state.world.baseUrl}/www/@${username}/${kind === 'video' ? 'video' : 'photo'}/${postId}`,
    }),
    details: detailsOf(shown),
  });
}

function detailsOf({ kind, isDraft, info }: Publish): JsonObject {
  const format = kind === 'video' ? 'video' : 'photos';
  const cover = coverOf(kind, info);
  return {
    format: isDraft ? 'draft' : format,
    audience: isDraft ? 'inbox' : (AUDIENCES[info.privacy] ?? ''),
    ...(info.title !== '' && { title: info.title }),
    ...(cover !== undefined && { cover }),
    ...(!isDraft && {
      comments: !info.commentsOff,
      ...(kind === 'video' && { duet: !info.duetOff, stitch: !info.stitchOff }),
      paidPartnership: info.branded,
      // One label alone: branded content is the stronger word. https://developers.tiktok.com/doc/content-sharing-guidelines
      promotionalContent: info.ownBrand && !info.branded,
      aiGenerated: info.aiGenerated,
      ...(kind === 'photos' && { recommendedMusic: info.music }),
    }),
  };
}

function coverOf(kind: Publish['kind'], { coverAt }: Info): string | undefined {
  if (coverAt === undefined) return undefined;
  if (kind === 'video') return `${coverAt / 1_000} seconds`;
  return coverAt === 0 ? undefined : `photo ${coverAt + 1}`;
}

/** The page of a public post. */
export function postPage(state: State, { params }: SandboxRequest): SandboxAnswer {
  const publish = state.allPublishes().find(({ postId }) => postId !== undefined && postId === params.id);
  if (!publish) return problemPage('TikTok', "Couldn't find this post", 404);
  const { name } = state.person(publish.openId);
  return htmlPage('TikTok', name, `<p>${escapeHtml(publish.info.text)}</p>`);
}

/** The picture of every practice account. */
export function avatar(): SandboxAnswer {
  const circle = '<circle cx="24" cy="24" r="24" fill="#25f4ee"/><circle cx="24" cy="20" r="9" fill="#111"/>';
  const shoulders = '<path d="M8 42a16 14 0 0 1 32 0a24 24 0 0 1-32 0" fill="#111"/>';
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">${circle}${shoulders}</svg>`;
  return { status: 200, headers: { 'content-type': 'image/svg+xml' }, body };
}
