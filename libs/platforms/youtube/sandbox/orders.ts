import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { googleIdOf } from '#platforms/google/sandbox';
import { addComment } from './comments.js';
import { newId, type Channel, type State, type Video } from './state.js';
import { forget } from './videos.js';

const DONE: SandboxAnswer = { status: 204 };

/** How much the project may use in a day. */
export function setQuota(state: State, { json: { uploads, units } }: SandboxRequest): SandboxAnswer {
  if (typeof uploads !== 'number' && typeof units !== 'number') return wrong('Give "uploads" or "units", numbers.');
  if (typeof uploads === 'number') state.arrange('limit:uploads', uploads);
  if (typeof units === 'number') state.arrange('limit:units', units);
  return DONE;
}

/** Whether Google has audited the project: without it, whatever is uploaded stays private. */
export function setAudit(state: State, { json: { audited } }: SandboxRequest): SandboxAnswer {
  if (typeof audited !== 'boolean') return wrong('Give "audited".');
  state.arrange('audited', audited);
  return DONE;
}

/** What becomes of a person's channel: its phone number is verified or not, it is closed, or takes only so many videos a day. */
export function changeChannel(state: State, { json }: SandboxRequest): SandboxAnswer {
  const channel = channelIn(state, json.person);
  if (!channel) return wrong('Give "person", a name that has a channel; and "verified", "closed" or "uploads" a day.');
  const { verified, closed, uploads } = json;
  if (typeof verified === 'boolean') state.channels.set(channel.personId, { ...channel, verified });
  if (closed === true) state.channels.delete(channel.personId);
  if (typeof uploads === 'number') state.arrange(`upload-limit:${channel.id}`, uploads);
  return DONE;
}

/** What happens to uploads: the next part is taken in part alone, or every session that was begun so far ends. */
export function disturbUploads(state: State, { json: { takesOnly, end } }: SandboxRequest): SandboxAnswer {
  if (typeof takesOnly !== 'number' && end !== true) return wrong('Give "takesOnly", bytes, or "end": true.');
  if (typeof takesOnly === 'number') state.arrange('takes-only', takesOnly);
  if (end === true) state.arrange('sessions-ended-at', state.now());
  return DONE;
}

/** How videos that are uploaded from now on are processed; with nothing, as usual. */
export function setProcessing(state: State, { json: { takesMs, status, reason } }: SandboxRequest): SandboxAnswer {
  const isBad = status === 'failed' || status === 'rejected';
  if (status !== undefined && (!isBad || typeof reason !== 'string')) {
    return wrong('Give "status": "failed" or "rejected" with "reason"; or "takesMs"; or nothing.');
  }
  const nothing = takesMs === undefined && status === undefined;
  const arranged = {
    ...(typeof takesMs === 'number' && { takesMs }),
    ...(isBad && typeof reason === 'string' && { end: { status, reason } }),
  };
  state.arrange('processing', nothing ? undefined : arranged);
  return DONE;
}

/** Too many thumbnails were set lately. */
export function refuseThumbnails(state: State, { json: { refused } }: SandboxRequest): SandboxAnswer {
  if (typeof refused !== 'boolean') return wrong('Give "refused".');
  state.arrange('too-many-thumbnails', refused);
  return DONE;
}

/** A playlist of a person is made, filled up or deleted. */
export function changePlaylist(state: State, { json }: SandboxRequest): SandboxAnswer {
  const channel = channelIn(state, json.person);
  const { title, full, deleted } = json;
  if (!channel || typeof title !== 'string') return wrong('Give "person" and "title"; and "full" or "deleted".');
  const playlist = state.addPlaylist(channel.id, title, { full: full === true });
  if (deleted === true) state.playlists.delete(playlist.id);
  return { status: 200, body: { id: playlist.id } };
}

/** The person acts in YouTube Studio: uploads a private video of this title, deletes one, or says who may see it. */
export function actInStudio(state: State, { json }: SandboxRequest): SandboxAnswer {
  const channel = channelIn(state, json.person);
  const known = typeof json.video === 'string' ? state.videos.get(json.video) : undefined;
  if (known && json.deleted === true) {
    forget(state, known);
    return DONE;
  }
  const { privacy } = json;
  if (known && (privacy === 'public' || privacy === 'unlisted' || privacy === 'private')) {
    state.videos.set(known.id, { ...known, status: { ...known.status, privacyStatus: privacy } });
    return DONE;
  }
  if (!channel || typeof json.title !== 'string') {
    return wrong('Give "person" and "title"; or "video", an id, with "deleted" or "privacy".');
  }
  const video = uploadedByHand(state, channel, json.title);
  state.videos.set(video.id, video);
  return { status: 200, body: { id: video.id } };
}

function uploadedByHand(state: State, { id: channelId }: Channel, title: string): Video {
  const at = state.now();
  return {
    ...{ id: newId(), channelId, snippet: { title, description: '', tags: [], categoryId: '22' }, at, readyAt: at },
    status: {
      ...{ privacyStatus: 'private', license: 'youtube', embeddable: true, publicStatsViewable: true },
      ...{ selfDeclaredMadeForKids: false, containsSyntheticMedia: false },
    },
    file: {
      ...{ contentType: 'video/mp4', bytes: 1, digest: '0'.repeat(64), name: 'by-hand.mp4' },
      ...{ width: 1_920, height: 1_080, durationMs: 1_000 },
    },
    ...{ locked: false, notified: true, shown: false },
  };
}

/** Somebody writes a comment beside the app. */
export function writeComment(state: State, { json }: SandboxRequest): SandboxAnswer {
  const channel = channelIn(state, json.person);
  const video = typeof json.video === 'string' ? state.videos.get(json.video) : undefined;
  if (!channel || !video || typeof json.text !== 'string') return wrong('Give "person", "video" and "text".');
  return { status: 200, body: { id: addComment(state, video, { author: channel.id, text: json.text }).id } };
}

/** What of the project's quota was used, by day and bucket; and what is uploaded on a channel. */
export function tell(state: State, { json }: SandboxRequest): SandboxAnswer {
  const channel = channelIn(state, json.person);
  const videos = channel ? state.videosOf(channel.id).map(({ id, status, file }) => ({ id, ...status, file })) : [];
  return { status: 200, body: { used: Object.fromEntries(state.used.entries()), videos } };
}

function channelIn(state: State, person: unknown): Channel | undefined {
  return typeof person === 'string' ? state.channelOf(googleIdOf(person)) : undefined;
}

function wrong(message: string): SandboxAnswer {
  return { status: 422, body: { message } };
}
