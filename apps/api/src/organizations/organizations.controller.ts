import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountsService, type Principal } from '#accounts';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, IdPipe, type Page, pageById, PageQuery } from '../http/index.js';
import { MemberDto } from './organizations.dto.js';

/** Who belongs to the organization. */
@ApiTags('Organizations')
@Controller('v1/organizations')
export class OrganizationsController {
  constructor(private readonly accounts: AccountsService) {}

  @Get(':id/members')
  @ApiPage(MemberDto)
  listMembers(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<MemberDto>> {
    return pageById(query, (range) => this.accounts.listMembers(principal, id, range));
  }
}
