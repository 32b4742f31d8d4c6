import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { AccountsService, InvitationAcceptance } from '#accounts';
import { Problem } from '#kernel';
import { LoggedInDto } from '../auth/auth.dto.js';
import { Authentication } from '../auth/authentication.js';
import { Public } from '../auth/public.decorator.js';
import { whereOf } from '../auth/where.js';
import { AcceptInvitationDto, InvitationCardDto } from './invitations.dto.js';

/** The other end of an invitation: whoever opened the link in the mail. */
@ApiTags('Members')
@Controller('v1/invitations')
export class AcceptanceController {
  constructor(
    private readonly acceptance: InvitationAcceptance,
    private readonly accounts: AccountsService,
    private readonly authentication: Authentication,
  ) {}

  /** What the invitation is to. */
  @Get(':token')
  @Public()
  @ApiOkResponse({ type: InvitationCardDto })
  getInvitation(@Param('token') token: string): Promise<InvitationCardDto> {
    return this.acceptance.show(token);
  }

  /**
   * Joins the organization, once. Whoever has an account with the address is signed in with it, or sends its password; whoever
   * has none makes one by name and password. The session goes on in the organization, after the code where the account asks
   * for one.
   */
  @Post(':token/accept')
  @Public()
  @HttpCode(200)
  @ApiOkResponse({ type: LoggedInDto })
  async acceptInvitation(
    @Param('token') token: string,
    @Body() body: AcceptInvitationDto,
    @Req() request: Request,
  ): Promise<LoggedInDto> {
    if (request.user?.via === 'api-key') {
      throw Problem.forbidden(
        'An invitation is accepted by a person, not with an API key. Open its link in a browser.',
      );
    }
    const { userId, organizationId, needsCode } = await this.acceptance.accept(token, {
      ...body,
      ...whereOf(request),
      userId: request.user?.userId,
    });
    const principal = await this.accounts.sessionPrincipal(userId, organizationId);
    if (!principal) throw Problem.conflict('The membership ended at this moment. Ask to be invited again.');
    if (needsCode) {
      await this.authentication.awaitCode(request, { principal, secondFactor: true }, 'password');
      return { secondFactor: true };
    }
    await this.authentication.begin(request, principal);
    return { secondFactor: false, ...(await this.accounts.describe(principal)) };
  }
}
