import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { LIMITS, permalinkOf, statusEntity } from './entities.js';
import { countableLength, urlsOf } from './render.js';
import {
  type Account,
  ApiError,
  field,
  flag,
  list,
  type Media,
  ok,
  type PracticeService,
  type Status,
} from './service.js';

const HOUR = 3_600_000;
const VISIBILITIES = ['public', 'unlisted', 'private', 'direct'];

/** Posts. https://docs.joinmastodon.org/methods/statuses/ */
export class StatusRoutes {
  constructor(private readonly service: PracticeService) {}

  /** `POST /api/v1/statuses` */
  create(request: SandboxRequest, account: Account): SandboxAnswer {
    const key = request.headers['idempotency-key'] ?? '';
    const earlier = this.madeWith(key, account);
    if (earlier) return ok(statusEntity(earlier, account, this.service));
    const attached = this.attachable(list(request, 'media_ids'), account);
    const status = this.compose(request, account, attached);
    this.service.statuses.set(status.id, status);
    for (const media of attached) this.service.media.set(media.id, { ...media, statusId: status.id });
    if (key !== '') this.service.keys.set(`${account.id}:${key}`, { statusId: status.id, at: status.createdAt });
    this.show(status, account, attached);
    return ok(statusEntity(status, account, this.service));
  }

  /** `GET /api/v1/statuses/:id` */
  read(request: SandboxRequest, account: Account): SandboxAnswer {
    return ok(statusEntity(this.own(request, account), account, this.service));
  }

  /** `GET /api/v1/statuses/:id/source` */
  source(request: SandboxRequest, account: Account): SandboxAnswer {
    const { id, text, spoilerText } = this.own(request, account);
    return ok({ id, text, spoiler_text: spoilerText });
  }

  /** `DELETE /api/v1/statuses/:id` */
  remove(request: SandboxRequest, account: Account): SandboxAnswer {
    const status = this.own(request, account);
    const entity = { ...statusEntity(status, account, this.service), text: status.text };
    this.service.statuses.delete(status.id);
    for (const id of status.mediaIds) {
      const media = this.service.media.get(id);
      if (media) this.service.media.set(id, { ...media, statusId: null });
    }
    this.service.world.hide(account.username, status.id);
    return ok(entity);
  }

  /** `GET /api/v1/accounts/:id/statuses`: newest first. https://docs.joinmastodon.org/methods/accounts/#statuses */
  list(request: SandboxRequest, account: Account): SandboxAnswer {
    if (request.params['id'] !== account.id) throw new ApiError(404, 'Record not found');
    const { query } = request;
    const limit = Math.min(Math.max(Number(query['limit'] ?? 20) || 20, 1), 40);
    const matching = this.service.statuses
      .entries()
      .map(([, status]) => status)
      .filter((status) => status.accountId === account.id)
      .filter((status) => query['max_id'] === undefined || BigInt(status.id) < idOf(query['max_id']))
      .filter((status) => query['since_id'] === undefined || BigInt(status.id) > idOf(query['since_id']))
      .filter((status) => query['min_id'] === undefined || BigInt(status.id) > idOf(query['min_id']))
      .filter((status) => query['exclude_replies'] !== 'true' || status.inReplyToId === null)
      .filter((status) => query['only_media'] !== 'true' || status.mediaIds.length > 0)
      .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
    // `min_id` pages upwards from the id, everything else downwards from the newest.
    const page = query['min_id'] === undefined ? matching.slice(0, limit) : matching.slice(-limit);
    return ok(
      page.map((status) => statusEntity(status, account, this.service)),
      200,
      linkHeader(`${request.baseUrl}${request.path}?limit=${limit}`, page),
    );
  }

  /** The status that this key made within the last hour. */
  private madeWith(key: string, account: Account): Status | undefined {
    const made = key === '' ? undefined : this.service.keys.get(`${account.id}:${key}`);
    if (!made || this.service.world.now().getTime() - Date.parse(made.at) > HOUR) return undefined;
    const status = this.service.statuses.get(made.statusId);
    if (!status) throw new ApiError(404, 'Record not found');
    return status;
  }

  private attachable(ids: string[], account: Account): Media[] {
    const max = LIMITS.statuses.max_media_attachments;
    if (ids.length > max) throw new ApiError(422, `Cannot attach more than ${max} files`);
    const found = ids.map((id) => this.service.media.get(id));
    const usable = found.filter((media) => media?.accountId === account.id && media.statusId === null);
    if (usable.length < ids.length) {
      throw new ApiError(422, `Media ${ids.join(', ')} not found or already attached to another post`);
    }
    const media = usable.flatMap((each) => each ?? []);
    if (media.some(({ looksLeft, broken }) => looksLeft > 0 || broken)) {
      throw new ApiError(422, 'Cannot attach files that have not finished processing. Try again in a moment!');
    }
    if (media.some(({ kind }) => kind === 'video') && media.length > 1) {
      throw new ApiError(422, 'Cannot attach a video to a post that already contains images');
    }
    return media;
  }

  private compose(request: SandboxRequest, account: Account, attached: readonly Media[]): Status {
    const typed = field(request, 'status').replace(/\r\n?/g, '\n').trim();
    const warning = field(request, 'spoiler_text').trim();
    const text = typed || warning;
    const spoilerText = typed === '' ? '' : warning;
    const inReplyToId = field(request, 'in_reply_to_id');
    if (inReplyToId !== '' && !this.service.statuses.get(inReplyToId)) {
      throw new ApiError(404, 'The post you are trying to reply to does not appear to exist.');
    }
    const visibility = field(request, 'visibility') || 'public';
    if (!VISIBILITIES.includes(visibility)) {
      throw new ApiError(422, 'Validation failed: Visibility is not included in the list');
    }
    if (text === '' && attached.length === 0) throw new ApiError(422, "Validation failed: Text can't be blank");
    const max = LIMITS.statuses.max_characters;
    if (countableLength(text) + countableLength(spoilerText) > max) {
      throw new ApiError(422, `Validation failed: Text character limit of ${max} exceeded`);
    }
    return {
      id: this.service.nextId(),
      accountId: account.id,
      text,
      spoilerText,
      visibility,
      sensitive: flag(request, 'sensitive') || spoilerText !== '',
      language: field(request, 'language') || null,
      inReplyToId: inReplyToId || null,
      mediaIds: attached.map(({ id }) => id),
      createdAt: this.service.world.now().toISOString(),
    };
  }

  private show(status: Status, account: Account, attached: readonly Media[]): void {
    const [link] = urlsOf(status.text);
    const { spoilerText, visibility, sensitive, language } = status;
    this.service.world.show({
      platform: 'mastodon',
      account: account.username,
      id: status.id,
      text: status.text,
      ...(link !== undefined && { link }),
      media: attached.map(({ contentType, bytes, digest, description }) => ({
        contentType,
        bytes,
        digest,
        ...(description !== null && { altText: description }),
      })),
      at: status.createdAt,
      permalink: permalinkOf(status, account, this.service),
      ...(status.inReplyToId !== null && { replyTo: status.inReplyToId }),
      details: { visibility, sensitive, language, spoilerText },
    });
  }

  private own(request: SandboxRequest, account: Account): Status {
    const status = this.service.statuses.get(request.params['id'] ?? '');
    if (status?.accountId !== account.id) throw new ApiError(404, 'Record not found');
    return status;
  }
}

function idOf(text: string): bigint {
  return /^\d+$/.test(text) ? BigInt(text) : 0n;
}

function linkHeader(address: string, page: readonly Status[]): Record<string, string> {
  const first = page[0];
  const last = page.at(-1);
  if (!first || !last) return {};
  return { link: `<${address}&max_id=${last.id}>; rel="next", <${address}&min_id=${first.id}>; rel="prev"` };
}
