import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { edge, graphAnswer, newId, type Node, pageCaller } from '#platforms/meta/sandbox';
import { creator, parameter } from './access.js';
import { shownPhoto, unusedPhoto } from './photos.js';
import { type State, type Story } from './state.js';

const LIVE_MS = 24 * 3_600_000;
const LIST_SIZE = 25;

/** `POST /{page}/photo_stories`: https://developers.facebook.com/docs/page-stories-api */
export function createPhotoStory(state: State, request: SandboxRequest): SandboxAnswer {
  const pageId = request.params.id ?? '';
  creator(state, request, pageId);
  const photo = unusedPhoto(state, pageId, parameter(request, 'photo_id'));
  const postId = `${newId()}`;
  const story: Story = { postId, pageId, mediaId: photo.id, mediaType: 'photo', createdAt: state.now() };
  state.stories.set(postId, story);
  state.photos.set(photo.id, { ...photo, usedBy: postId });
  const accountName = state.pageName(pageId);
  state.world.show({
    platform: 'facebook',
    account: pageId,
    ...(accountName !== undefined && { accountName }),
    id: postId,
    text: '',
    media: [shownPhoto(photo)],
    at: new Date(story.createdAt).toISOString(),
    details: { format: 'story' },
  });
  return graphAnswer(200, { success: true, post_id: postId });
}

/** `GET /{page}/stories`: those that are live; the practice Pages keep no archive. */
export function listStories(state: State, request: SandboxRequest): SandboxAnswer {
  const pageId = request.params.id ?? '';
  const { text } = pageCaller(state, request, pageId, 'pages_read_engagement');
  const since = Number(request.query.since ?? 0) * 1000;
  const wanted = request.query.status ?? 'PUBLISHED';
  const live = state.stories.entries().flatMap(([, story]) => {
    const listed = story.pageId === pageId && story.createdAt >= since && state.now() < story.createdAt + LIVE_MS;
    return listed && wanted.includes('PUBLISHED') ? [storyNode(state, story)] : [];
  });
  const fields = 'post_id,status,creation_time,media_type,media_id,url';
  const options = { type: 'Stories', pageSize: LIST_SIZE, defaultFields: fields };
  return graphAnswer(200, edge(live, request, text, options));
}

function storyNode(state: State, { postId, mediaId, mediaType, createdAt }: Story): Node {
  return {
    id: postId,
    post_id: postId,
    status: 'published',
    creation_time: String(Math.floor(createdAt / 1000)),
    media_type: mediaType,
    media_id: mediaId,
    url: `${state.world.baseUrl}/www/stories/${mediaType === 'video' ? mediaId : postId}`,
  };
}
