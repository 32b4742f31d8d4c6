import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { MembersService, type Principal } from '#accounts';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, IdPipe, type Page, pageById, PageQuery } from '../http/index.js';
import { MemberDto, UpdateMemberDto } from './organizations.dto.js';

/** Who belongs to an organization. */
@ApiTags('Members')
@Controller('v1/organizations/:id/members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Get()
  @May('members.read')
  @ApiPage(MemberDto)
  listMembers(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<MemberDto>> {
    return pageById(query, (range) => this.members.list(principal, id, range));
  }

  /** Changes the role of a member, or their workspaces. It counts from their next request on. */
  @Patch(':userId')
  @May('members.manage')
  @ApiOkResponse({ type: MemberDto })
  updateMember(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Param('userId', IdPipe) userId: string,
    @Body() body: UpdateMemberDto,
  ): Promise<MemberDto> {
    return this.members.change(principal, id, userId, body);
  }

  /** Ends a membership, with the member's sessions here and API keys. What they wrote stays. */
  @Delete(':userId')
  @May('members.manage')
  @HttpCode(204)
  @ApiNoContentResponse()
  removeMember(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Param('userId', IdPipe) userId: string,
  ): Promise<void> {
    return this.members.remove(principal, id, userId);
  }
}
