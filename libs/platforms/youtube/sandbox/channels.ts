import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { caller, MAY_READ } from './access.js';
import { ok, partsOf, problem, requireQuery, stamp } from './answers.js';
import { handleOf, type State } from './state.js';

const PARTS = ['id', 'snippet', 'contentDetails', 'status', 'statistics'];

/** `GET /channels?mine=true`: whoever has no channel is answered without "items". https://developers.google.com/youtube/v3/docs/channels/list */
export function listChannels(state: State, request: SandboxRequest): SandboxAnswer {
  const { channel } = caller(state, request, MAY_READ, { bucket: 'units', amount: 1 });
  requireQuery(request, { required: ['part', 'mine'], optional: ['maxResults', 'pageToken'] });
  const parts = partsOf(request, PARTS);
  if (request.query.mine !== 'true') {
    throw problem(400, 'missingRequiredParameter', 'No filter selected.', { domain: 'youtube.parameter' });
  }
  const answer = { kind: 'youtube#channelListResponse' };
  if (!channel) return ok({ ...answer, pageInfo: { totalResults: 0, resultsPerPage: 5 } });
  const { id, name, uploads, verified } = channel;
  const nodes = {
    snippet: {
      ...{ title: name, description: '', customUrl: `@${handleOf(name)}`, publishedAt: stamp(0) },
      thumbnails: { default: { url: `${state.world.baseUrl}/www/avatar.png`, width: 88, height: 88 } },
    },
    contentDetails: { relatedPlaylists: { likes: 'LL', uploads } },
    status: {
      ...{ privacyStatus: 'public', isLinked: true },
      longUploadsStatus: verified ? 'allowed' : 'eligible',
    },
    statistics: { videoCount: String(state.videosOf(id).length), subscriberCount: '0', viewCount: '0' },
  };
  const wanted = Object.fromEntries(Object.entries(nodes).filter(([part]) => parts.includes(part)));
  return ok({
    ...answer,
    pageInfo: { totalResults: 1, resultsPerPage: 5 },
    items: [{ kind: 'youtube#channel', id, ...wanted }],
  });
}
