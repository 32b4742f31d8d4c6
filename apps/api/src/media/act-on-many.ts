import { Injectable, Logger } from '@nestjs/common';
import { type Request } from 'express';
import { type Principal } from '#accounts';
import { Database, Problem } from '#kernel';
import { MediaChanges, MediaLibrary, type MediaUse, type MediaView } from '#media';
import { auditedApart, type AuditedPart } from '../access/index.js';
import { type ActOnMediaDto, type MediaRefusalDto, type MediaResultDto } from './library.dto.js';
import { useView } from './media.dto.js';

/** Does the same to several files, each on its own: what is refused of one does not touch another. */
@Injectable()
export class ActOnMany {
  private readonly logger = new Logger(ActOnMany.name);

  constructor(
    private readonly database: Database,
    private readonly library: MediaLibrary,
    private readonly changes: MediaChanges,
  ) {}

  /** Answers all of them, in their order. */
  async act(
    request: Request,
    principal: Principal,
    workspaceId: string,
    body: ActOnMediaDto,
  ): Promise<MediaResultDto[]> {
    const there = await this.database.tenant(principal.organizationId, (tx) =>
      this.library.assets(tx, workspaceId, body.ids),
    );
    const results: MediaResultDto[] = [];
    // One after the other, so that a long list takes one connection and not all of them.
    for (const id of body.ids) {
      try {
        if (!there.has(id)) throw Problem.notFound();
        const media = await this.actOnOne(request, principal, workspaceId, id, body);
        results.push({ id, outcome: 'done', ...(media && { media }) });
      } catch (error) {
        results.push({ id, outcome: 'refused', problem: refusalOf(this.problemOf(error)) });
      }
    }
    return results;
  }

  private actOnOne(
    request: Request,
    principal: Principal,
    workspaceId: string,
    id: string,
    body: ActOnMediaDto,
  ): Promise<MediaView | undefined> {
    const part: AuditedPart = {
      operation: body.action === 'delete' ? 'deleteMedia' : 'updateMedia',
      action: 'posts.write',
      workspaceId,
      subject: { type: 'media', id },
      details: {},
    };
    return auditedApart(this.database, request, principal, part, () => this.change(principal.organizationId, id, body));
  }

  private async change(
    organizationId: string,
    id: string,
    { action, folderId = null, tags = [] }: ActOnMediaDto,
  ): Promise<MediaView | undefined> {
    switch (action) {
      case 'move':
        return this.changes.update(organizationId, id, null, { folderId });
      case 'tag':
        return this.changes.update(organizationId, id, null, { addTags: tags });
      case 'untag':
        return this.changes.update(organizationId, id, null, { removeTags: tags });
      case 'delete':
        await this.changes.remove(organizationId, id);
        return undefined;
    }
  }

  /** What went wrong with one of them must not hide what became of the others. */
  private problemOf(error: unknown): Problem {
    if (error instanceof Problem) return error;
    this.logger.error(error);
    return new Problem('internal', 'Nothing was done to this file. Try again.', { cause: error });
  }
}

function refusalOf({ type, title, detail, extra }: Problem): MediaRefusalDto {
  const uses = extra['uses'] as readonly MediaUse[] | undefined;
  return { type, title, detail, ...(uses && { uses: uses.map(useView) }) };
}
