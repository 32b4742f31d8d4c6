import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Response } from 'express';
import {
  AUDIT_WORDS,
  type AuditFilter,
  type AuditPosition,
  type AuditRecord,
  AuditService,
  auditWords,
  type Principal,
} from '#accounts';
import { Problem } from '#kernel';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, decodeCursor, type Page, pageOf } from '../http/index.js';
import { isPosition } from '../publications/position.js';
import { AuditEntryDto, AuditFilterDto, AuditOperationsDto, AuditQuery } from './audit.dto.js';
import { auditLine, CSV_COLUMNS, csvLine, send } from './csv.js';

/** The most entries of one export: what a spreadsheet opens without trouble. */
export const EXPORT_MAX = 50_000;
/** Entries that are read at a time. */
const EXPORT_BATCH = 1000;

/** Who did what to what, when, from where. */
@ApiTags('Audit log')
@Controller('v1')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  /** What people, keys and operators did in the organization, the newest first. */
  @Get('audit-log')
  @May('audit.read')
  @ApiPage(AuditEntryDto)
  async listAuditLog(
    @CurrentPrincipal() { organizationId }: Principal,
    @Query() { limit, cursor, ...filter }: AuditQuery,
  ): Promise<Page<AuditEntryDto>> {
    const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, isPosition);
    const after = at === undefined || id === undefined ? undefined : { at, id };
    const found = await this.audit.list(organizationId, filterOf(filter), { limit: limit + 1, after });
    const { data, ...rest } = pageOf(found, limit, (record) => [record.position, record.id]);
    return { data: data.map(entryView), ...rest };
  }

  /** What can be done, in words: for choosing by `operation`. */
  @Get('audit-log/operations')
  @May('audit.read')
  @ApiOkResponse({ type: AuditOperationsDto })
  listAuditOperations(): AuditOperationsDto {
    return { data: Object.entries(AUDIT_WORDS).map(([operation, words]) => ({ operation, words })) };
  }

  /** The same entries as a table for spreadsheets: the newest 50,000. Where there are more, its last line says so. */
  @Get('audit-log.csv')
  @May('audit.read')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  async exportAuditLog(
    @CurrentPrincipal() { organizationId }: Principal,
    @Query() filter: AuditFilterDto,
    @Res() response: Response,
  ): Promise<void> {
    const first = await this.read(organizationId, filterOf(filter), undefined);
    const day = new Date().toISOString().slice(0, 10);
    response.type('text/csv').setHeader('Content-Disposition', `attachment; filename="audit-log-${day}.csv"`);
    await send(response, this.lines(organizationId, filterOf(filter), first));
  }

  /** Batch by batch, so that neither memory nor a transaction grows with the log. */
  private async *lines(organizationId: string, filter: AuditFilter, first: AuditRecord[]): AsyncGenerator<string> {
    yield csvLine(CSV_COLUMNS);
    let batch = first;
    for (let written = 0; batch.length > 0;) {
      yield batch.map(auditLine).join('');
      written += batch.length;
      const last = batch.at(-1);
      if (!last || batch.length < EXPORT_BATCH) return;
      batch = await this.read(organizationId, filter, { at: last.position, id: last.id });
      if (written >= EXPORT_MAX && batch.length > 0) {
        yield csvLine([`Only the newest ${EXPORT_MAX} entries are in this file. Choose a shorter time for the rest.`]);
        return;
      }
    }
  }

  private read(organizationId: string, filter: AuditFilter, after: AuditPosition | undefined): Promise<AuditRecord[]> {
    return this.audit.list(organizationId, filter, { limit: EXPORT_BATCH, after });
  }
}

/** @throws Problem 422 when its time ends before it begins */
function filterOf({ from, to, ...rest }: AuditFilterDto): AuditFilter {
  const [first, last] = [from, to].map((text) => (text === undefined ? undefined : new Date(text)));
  if (first && last && first >= last) {
    const message = '"to" is not later than "from".';
    throw Problem.validation([{ field: 'to', rule: 'range', message, remedy: 'Send a later "to".' }]);
  }
  return { ...rest, ...(first && { from: first }), ...(last && { to: last }) };
}

function entryView(record: AuditRecord): AuditEntryDto {
  const { subject_type: type, subject_id: id } = record;
  return {
    id: record.id,
    at: record.at,
    actor: { userId: record.user_id, name: record.name, via: record.via, apiKeyId: record.api_key_id },
    operation: record.operation,
    words: auditWords(record.operation, record.details),
    permission: record.action,
    subject: type === null || id === null ? null : { type, id, name: record.subject_name },
    workspaceId: record.workspace_id,
    details: record.details,
    ip: record.ip,
    userAgent: record.user_agent,
  };
}
