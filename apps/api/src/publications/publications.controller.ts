import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '#accounts';
import { Database, type IdempotencyClaim, type Transaction } from '#kernel';
import { PublishedEdits } from '#planning';
import {
  type Actor,
  type PublicationRecord,
  PublicationsService,
  PublishedPostsService,
  segmentsOf,
  SpendingService,
} from '#publishing';
import { actorOf, May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, Claim, type CursorKeys, decodeCursor, IdPipe, type Page, pageOf, PageQuery } from '../http/index.js';
import { EditPublicationDto, LogEntryDto, PublicationDto, ResolvePublicationDto } from './publications.dto.js';
import { logEntryView, publicationView } from './views.js';

/** One post on one channel at one time: what became of it, and what to do about it. */
@ApiTags('Publications')
@Controller('v1/publications')
export class PublicationsController {
  constructor(
    private readonly database: Database,
    private readonly publications: PublicationsService,
    private readonly published: PublishedPostsService,
    private readonly edits: PublishedEdits,
    private readonly spending: SpendingService,
  ) {}

  @Get(':id')
  @May('workspace.read', 'publication')
  @ApiOkResponse({ type: PublicationDto })
  async getPublication(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<PublicationDto> {
    return this.database.tenant(principal.organizationId, async (tx) =>
      this.view(tx, await this.publications.find(tx, id)),
    );
  }

  /** Everything that happened to it, oldest first. */
  @Get(':id/log')
  @May('workspace.read', 'publication')
  @ApiPage(LogEntryDto)
  async getPublicationLog(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<LogEntryDto>> {
    const after = cursor === undefined ? 0 : decodeCursor(cursor, isVersion)[0];
    const records = await this.database.tenant(principal.organizationId, (tx) =>
      this.publications.log(tx, id, after, limit + 1),
    );
    const { data, ...rest } = pageOf(records, limit, (record) => [record.version]);
    return { data: data.map(logEntryView), ...rest };
  }

  /** Tries a failed one, or one that is too late, once more and at once. */
  @Post(':id/retry')
  @May('publications.mend', 'publication')
  @HttpCode(200)
  @ApiOkResponse({ type: PublicationDto })
  retryPublication(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<PublicationDto> {
    return this.change(principal, id, (tx, actor, record) => this.publications.retry(tx, actor, record));
  }

  /** Keeps it from going out until a person releases it. */
  @Post(':id/hold')
  @May('publications.mend', 'publication')
  @HttpCode(200)
  @ApiOkResponse({ type: PublicationDto })
  holdPublication(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<PublicationDto> {
    return this.change(principal, id, (tx, actor, record) => this.publications.hold(tx, actor, record));
  }

  /** Lets one go out again that a person holds, or that is too late: at its time, or at once if that has passed. */
  @Post(':id/release')
  @May('publications.mend', 'publication')
  @HttpCode(200)
  @ApiOkResponse({ type: PublicationDto })
  releasePublication(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<PublicationDto> {
    return this.change(principal, id, (tx, actor, record) => this.publications.release(tx, actor, record));
  }

  /**
   * Looks on the platform now whether it is there, and sends nothing. An unconfirmed one stays so until it is found; one
   * whose outcome is open goes on from what is found.
   */
  @Post(':id/reconcile')
  @May('publications.mend', 'publication')
  @HttpCode(200)
  @ApiOkResponse({ type: PublicationDto })
  reconcilePublication(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<PublicationDto> {
    return this.change(principal, id, (tx, actor, record) => this.publications.look(tx, actor, record));
  }

  /** Ends it before it goes out. */
  @Post(':id/cancel')
  @May('posts.write', 'publication')
  @HttpCode(200)
  @ApiOkResponse({ type: PublicationDto })
  cancelPublication(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<PublicationDto> {
    return this.change(principal, id, (tx, actor, record) =>
      this.publications.cancel(tx, actor, record, 'A person cancelled it.'),
    );
  }

  /** Decides about an unconfirmed one, after a look at the platform. */
  @Post(':id/resolve')
  @May('publications.mend', 'publication')
  @HttpCode(200)
  @ApiOkResponse({ type: PublicationDto })
  resolvePublication(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Body() { outcome, permalink }: ResolvePublicationDto,
  ): Promise<PublicationDto> {
    const decision = outcome === 'published' ? { outcome, ...(permalink !== undefined && { permalink }) } : { outcome };
    return this.change(principal, id, (tx, actor, record) => this.publications.resolve(tx, actor, record, decision));
  }

  /**
   * Takes a published post off the platform, where `capabilities.remove` says that ClickPost can: of a thread all that is
   * out. Its record and its log stay. One that is removed already stays so.
   */
  @Post(':id/remove')
  @May('posts.write', 'publication')
  @HttpCode(200)
  @ApiOkResponse({ type: PublicationDto })
  removePublication(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) publicationId: string,
    @Claim() claim: IdempotencyClaim | undefined,
  ): Promise<PublicationDto> {
    return this.published.remove(this.changeRequest(principal, publicationId, claim));
  }

  /**
   * Gives a published post another text at the platform, where `capabilities.edit` says that ClickPost can; of a thread its
   * first message. Refused with `approval-required` where what it says had to be approved.
   */
  @Post(':id/edit')
  @May('posts.write', 'publication')
  @HttpCode(200)
  @ApiOkResponse({ type: PublicationDto })
  editPublication(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) publicationId: string,
    @Body() { text }: EditPublicationDto,
    @Claim() claim: IdempotencyClaim | undefined,
  ): Promise<PublicationDto> {
    return this.edits.edit(this.changeRequest(principal, publicationId, claim), text);
  }

  private readonly view = async (tx: Transaction, record: PublicationRecord): Promise<PublicationDto> => {
    const segments = (await segmentsOf(tx, [record])).get(record.id) ?? [];
    const cost = (await this.spending.ofPublications(tx, [record])).get(record.id) ?? null;
    return publicationView(record, segments, cost);
  };

  private changeRequest(principal: Principal, publicationId: string, claim: IdempotencyClaim | undefined) {
    const { organizationId } = principal;
    return { organizationId, actor: actorOf(principal), publicationId, claim, view: this.view };
  }

  private async change(
    principal: Principal,
    id: string,
    act: (tx: Transaction, actor: Actor, record: PublicationRecord) => Promise<PublicationRecord>,
  ): Promise<PublicationDto> {
    return this.database.tenant(principal.organizationId, async (tx) =>
      this.view(tx, await act(tx, actorOf(principal), await this.publications.lock(tx, id))),
    );
  }
}

function isVersion(keys: CursorKeys): keys is readonly [number] {
  return keys.length === 1 && Number.isInteger(keys[0]) && Number(keys[0]) >= 0 && Number(keys[0]) < 2 ** 31;
}
