import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AccountsService, type Principal } from '#accounts';
import { May } from '../access/index.js';
import { OrganizationDto } from '../auth/auth.dto.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, IdPipe, type Page, pageById, PageQuery } from '../http/index.js';
import { MemberDto } from './organizations.dto.js';

/** The organization: who belongs to it, and whether it publishes. */
@ApiTags('Organizations')
@Controller('v1/organizations')
export class OrganizationsController {
  constructor(private readonly accounts: AccountsService) {}

  @Get(':id/members')
  @May('members.read')
  @ApiPage(MemberDto)
  listMembers(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<MemberDto>> {
    return pageById(query, (range) => this.accounts.listMembers(principal, id, range));
  }

  /** Holds everything that is scheduled in the organization. What is being published at this moment goes out. */
  @Post(':id/pause')
  @May('organization.pause')
  @HttpCode(200)
  @ApiOkResponse({ type: OrganizationDto })
  pauseOrganization(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<OrganizationDto> {
    return this.accounts.setPaused(principal, id, true);
  }

  /** Lets a paused organization publish again. */
  @Post(':id/resume')
  @May('organization.pause')
  @HttpCode(200)
  @ApiOkResponse({ type: OrganizationDto })
  resumeOrganization(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
  ): Promise<OrganizationDto> {
    return this.accounts.setPaused(principal, id, false);
  }
}
