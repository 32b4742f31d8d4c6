import { UNCHECKED as NOT_IN_PACKAGES } from '../support/google-unchecked.js';
import { UNCHECKED } from '../support/meta-unchecked.js';
import { UNCHECKED as UNDESCRIBED } from '../support/openapi-unchecked.js';

/** What stands behind an adapter, and what does not. */
export interface Assurance {
  /** What it was run against, with the test that does it. */
  checked: readonly string[];
  /** What nothing of ours was compared with; one sentence or more. */
  unchecked: string;
  /** When the outcome of a request stays unknown for ever, so that a person is asked. */
  unknowable: string;
  /** What single channels can do less than the platform; one sentence. */
  channels?: string;
}

const conformance = (id: string): string =>
  `Its practice network, written from the documentation and strict, with every fault: \`libs/platforms/${id}/${id}.conformance.spec.ts\`.`;

const CHAOS =
  'Whole installations that are killed, cut off and misled while they publish to the practice networks: `test/real/chaos-whole.spec.ts`.';

const large = (id: string): string =>
  `A video of 1 GB, sent by real workers that are killed, cut off and refused ten times: \`test/faults/large-upload-${id}.spec.ts\`.`;

const SDK = `Meta's own SDK for Node, version 24.0.1: every request and every answer of the practice network against its objects, fields and edges; parameters by the names in the SDK for Python, version 25.0.2: \`test/real/meta-requests.spec.ts\`.`;

/** By the platforms' ids. */
export const ASSURANCES: Readonly<Record<string, Assurance>> = {
  bluesky: {
    checked: [
      conformance('bluesky'),
      'The reference server (PDS 0.4.217), running: `test/real/bluesky.spec.ts`.',
      CHAOS,
    ],
    unchecked: 'bsky.social itself, and how its video service treats what the reference server takes as it is.',
    unknowable: 'nowhere, once the server answers: the record has a key that ClickPost chose.',
  },
  facebook: {
    checked: [conformance('facebook'), SDK, CHAOS],
    unchecked: notDescribed('facebook'),
    unknowable:
      'where several posts of the same words and files appeared since the attempt that no publication owns, or one that differs in its link or photos. A video, a reel or a story is found by its own id.',
  },
  'google-business': {
    checked: [conformance('google-business'), packages('google-business'), CHAOS],
    unchecked: notInPackages('google-business'),
    unknowable:
      'where the answer was lost and several posts of the same text, kind, title and times appeared at the place since the attempt that no publication owns.',
    channels:
      'Places that Google lets have no posts, as most hotels of chains, are not offered; those that are not verified are marked.',
  },
  instagram: {
    checked: [conformance('instagram'), SDK, CHAOS],
    unchecked: notDescribed('instagram'),
    unknowable:
      'where a container counts as not published and a post of the same words is there all the same; and of a first comment, where several of the same words are there.',
  },
  linkedin: {
    checked: [conformance('linkedin'), CHAOS],
    unchecked:
      'all requests: LinkedIn describes its API in its documentation alone, and has no machine-readable description of it. The live service; above all for how long it calls the identical text a duplicate.',
    unknowable:
      'of a member, whose posts may not be read, when the identical post could not be sent again within ten minutes, and of comments; of a page, where several posts of the same words and files appeared since the attempt.',
    channels: 'Pages of organizations are seen by everybody: they have no setting for who sees a post.',
  },
  mastodon: {
    checked: [
      conformance('mastodon'),
      'The official description of the API (OpenAPI), request by request: `test/real/mastodon.spec.ts`.',
      CHAOS,
    ],
    unchecked: 'a running server of Mastodon, and servers of other makes that speak its API.',
    unknowable:
      'where several posts that say the same appeared since the attempt, or one that differs only in the description of a file.',
  },
  pinterest: {
    checked: [conformance('pinterest'), openapi('pinterest', '5.23.0'), CHAOS],
    unchecked: notInOpenapi('pinterest'),
    unknowable:
      'where several Pins of the same title, description, link and kind of file appeared on the board since the attempt, or one that only differs in its link.',
  },
  threads: {
    checked: [conformance('threads'), CHAOS],
    unchecked:
      'all requests: Meta describes Threads in its documentation alone, and has no machine-readable description of it. The live service.',
    unknowable:
      'where a container counts as published and no post of the profile can be told to be the one that it became.',
  },
  tiktok: {
    checked: [conformance('tiktok'), large('tiktok'), CHAOS],
    unchecked:
      'all requests, answers and codes of errors: TikTok describes its Content Posting API in its documentation alone, and has no machine-readable description or library of it. So nothing but our own reading stands behind the names and types of fields (creator_info, init of videos and photos, status, list of videos), the headers and statuses of uploads in parts (among them what an answer 416 says), the reasons for which a post fails, how long processing and review take, and the limits of each account by day. The live service, and the review of an app.',
    unknowable:
      'of photos whose publishing request was not answered: TikTok lists videos alone. Of videos that it fetches by their address where that answer was lost and they are not public, have no text, or several in the list fit. An uploaded video has its publish_id before, and is always found.',
    channels:
      'Each account says before every post who may see it, and whether comments, duets and stitches are allowed.',
  },
  webhook: {
    checked: [conformance('webhook'), CHAOS],
    unchecked: 'receivers of other makers.',
    unknowable:
      'where the same event could not be delivered again within a day: a receiver cannot be asked what it has.',
  },
  x: {
    checked: [
      conformance('x'),
      openapi('x', '2.167'),
      'Lengths of texts: the conformance cases of twitter-text, with `libs/platforms/core/counting.ts`: `libs/platforms/x/counting.spec.ts`.',
      CHAOS,
    ],
    unchecked: notInOpenapi('x'),
    unknowable:
      'where several posts that say the same, with as many files and below the same post, appeared since the attempt that no publication owns.',
    channels: 'Only accounts with X Premium have longer texts, larger videos, and can change a published post.',
  },
  youtube: {
    checked: [conformance('youtube'), packages('youtube'), large('youtube'), CHAOS],
    unchecked: notInPackages('youtube'),
    unknowable:
      'of first comments alone, where several of the same words are below the video. A video has its id before it is published, and is always found.',
  },
};

function packages(id: 'youtube' | 'google-business'): string {
  const named = {
    youtube: '`@googleapis/youtube` 35.0.0',
    'google-business':
      '`@googleapis/mybusinessaccountmanagement` 7.0.1 and `@googleapis/mybusinessbusinessinformation` 8.0.2',
  }[id];
  return `Google's own packages (${named}): every request of accounts, places and videos, and every answer of the practice network, with its parameters, fields and types: \`test/real/google/${id}.spec.ts\`.`;
}

function notInPackages(id: keyof typeof NOT_IN_PACKAGES): string {
  const listed = Object.entries(NOT_IN_PACKAGES[id]).map(([request, why]) => `\n  - \`${request}\`: ${why}`);
  return `the live service. What Google's packages have nothing about, and where it is described instead:${listed.join('')}`;
}

function openapi(id: string, version: string): string {
  return `The official description of its API (OpenAPI, version ${version}): every request, and every answer of the practice network, with its status, sign-in, fields and refusals: \`test/real/openapi/${id}.spec.ts\`.`;
}

function notInOpenapi(id: keyof typeof UNDESCRIBED): string {
  const listed = Object.entries(UNDESCRIBED[id]).map(([request, why]) => `\n  - \`${request}\`: ${why}`);
  return `the live service. What the official description has nothing about, and where it is described instead:${listed.join('')}`;
}

/** Where credentials are made, in a sentence. */
export const CREDENTIAL_DOCS: Readonly<Record<string, string>> = {
  bluesky: 'ClickPost asks for an app password, never for the password of the account.',
  mastodon: 'The token is made on the server, for one application, and can be taken back there.',
};

function notDescribed(id: keyof typeof UNCHECKED): string {
  const listed = Object.entries(UNCHECKED[id]).map(([request, why]) => `\n  - \`${request}\`: ${why}`);
  return `the live service. What the SDK does not describe, and where it is described instead:${listed.join('')}\n  - the consent page and the exchange of its code, which are those of OAuth 2.0.`;
}
