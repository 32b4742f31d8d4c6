import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { InvitationsService, type Principal } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, Claim, IdPipe, type Page, pageById, PageQuery } from '../http/index.js';
import { CreateInvitationDto, InvitationDto } from './invitations.dto.js';

/** Who is asked to join an organization. */
@ApiTags('Members')
@Controller('v1/organizations/:id/invitations')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  /** The invitations that nobody has accepted or withdrawn. */
  @Get()
  @May('members.read')
  @ApiPage(InvitationDto)
  listInvitations(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<InvitationDto>> {
    return pageById(query, (range) => this.invitations.list(principal, id, range));
  }

  /** Invites somebody by e-mail. The link in the mail works once, for seven days. Only owners invite owners. */
  @Post()
  @May('members.manage')
  @ApiCreatedResponse({ type: InvitationDto })
  inviteMember(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Body() { email, role, workspaces = [] }: CreateInvitationDto,
    @Claim() claim: IdempotencyClaim | undefined,
  ): Promise<InvitationDto> {
    return this.invitations.create(principal, id, { email, role, workspaces }, claim);
  }

  /** Sends the mail again with a new link for seven days; the link before is worth nothing any more. */
  @Post(':invitationId/resend')
  @May('members.manage')
  @HttpCode(200)
  @ApiOkResponse({ type: InvitationDto })
  resendInvitation(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Param('invitationId', IdPipe) invitationId: string,
  ): Promise<InvitationDto> {
    return this.invitations.resend(principal, id, invitationId);
  }

  /** Withdraws an invitation: its link is worth nothing any more. */
  @Delete(':invitationId')
  @May('members.manage')
  @HttpCode(204)
  @ApiNoContentResponse()
  revokeInvitation(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Param('invitationId', IdPipe) invitationId: string,
  ): Promise<void> {
    return this.invitations.revoke(principal, id, invitationId);
  }
}
