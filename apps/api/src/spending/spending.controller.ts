import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '#accounts';
import { calendarRange } from '#planning';
import { SpendingService } from '#publishing';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { IdPipe } from '../http/index.js';
import { SpendingDto, SpendingQuery } from './spending.dto.js';

const LONGEST_DAYS = 366;

/** What using platforms costs. */
@ApiTags('Spending')
@Controller('v1')
export class SpendingController {
  constructor(private readonly spending: SpendingService) {}

  /** What a workspace spent in a time at platforms that are paid for by use: in all, by price and by channel. */
  @Get('workspaces/:id/spending')
  @May('workspace.read', 'workspace')
  @ApiOkResponse({ type: SpendingDto })
  async getWorkspaceSpending(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Query() query: SpendingQuery,
  ): Promise<SpendingDto> {
    const { from, to } = calendarRange(query.from, query.to, LONGEST_DAYS);
    return { from, to, ...(await this.spending.ofWorkspace(organizationId, workspaceId, from, to)) };
  }
}
