import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '#accounts';
import { AbsencesService, type AbsenceView } from '#planning';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { IdPipe } from '../http/index.js';
import { AbsenceDto, AbsencesDto, SetAbsenceDto } from './absence.dto.js';

/** Who decides about approvals while somebody is away. */
@ApiTags('Members')
@Controller('v1/organizations/:id')
export class AbsenceController {
  constructor(private readonly absences: AbsencesService) {}

  /** Who is or will be away: of everybody for owners and admins, else where it is you, or you decide for them. */
  @Get('absences')
  @May('organization.read')
  @ApiOkResponse({ type: AbsencesDto })
  async listAbsences(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<AbsencesDto> {
    return { data: (await this.absences.list(principal, id)).map(view) };
  }

  /** Until when a member is away, and who decides for them; 404 where they are not, nor will be. */
  @Get('members/:userId/absence')
  @May('organization.read')
  @ApiOkResponse({ type: AbsenceDto })
  async getAbsence(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Param('userId', IdPipe) userId: string,
  ): Promise<AbsenceDto> {
    return view(await this.absences.get(principal, id, userId));
  }

  /** Says from when to when a member is away, and who decides for them: for oneself, or as an owner or admin. */
  @Put('members/:userId/absence')
  @May('organization.read')
  @ApiOkResponse({ type: AbsenceDto })
  async putAbsence(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Param('userId', IdPipe) userId: string,
    @Body() { from, until, delegateId }: SetAbsenceDto,
  ): Promise<AbsenceDto> {
    const absence = { userId, from: new Date(from), until: new Date(until), delegateId };
    return view(await this.absences.set(principal, id, absence));
  }

  /** The member decides themselves again from now on. What was decided for them stays. */
  @Delete('members/:userId/absence')
  @May('organization.read')
  @HttpCode(204)
  @ApiNoContentResponse()
  deleteAbsence(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Param('userId', IdPipe) userId: string,
  ): Promise<void> {
    return this.absences.end(principal, id, userId);
  }
}

function view({ from, until, delegateId, user, delegate }: AbsenceView): AbsenceDto {
  return { from, until, delegateId, user, delegate };
}
