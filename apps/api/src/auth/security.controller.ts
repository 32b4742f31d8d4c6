import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import {
  OutsideIdentitiesService,
  type Principal,
  SecondFactorService,
  SecurityService,
  SessionsService,
} from '#accounts';
import { May } from '../access/index.js';
import { IdPipe } from '../http/index.js';
import { SecondFactorCodeDto } from './auth.dto.js';
import { CurrentPrincipal } from './current-principal.decorator.js';
import { InBrowser } from './in-browser.decorator.js';
import {
  NewSecondFactorDto,
  ProofDto,
  RecoveryCodesDto,
  RequireSecondFactorDto,
  SecurityDto,
  SessionsDto,
} from './security.dto.js';
import { FacebookSignIn } from './facebook-sign-in.js';
import { whereOf } from './where.js';
import { WithoutSecondFactor } from './without-second-factor.decorator.js';

/** A person's own ways in: second factor, sessions, sign-in with Facebook. */
@ApiTags('Sign-in')
@Controller('v1')
@InBrowser()
export class SecurityController {
  constructor(
    private readonly security: SecurityService,
    private readonly secondFactors: SecondFactorService,
    private readonly sessions: SessionsService,
    private readonly identities: OutsideIdentitiesService,
    private readonly facebook: FacebookSignIn,
  ) {}

  /** How you get in. */
  @Get('auth/security')
  @May('organization.read')
  @WithoutSecondFactor()
  @ApiOkResponse({ type: SecurityDto })
  async getSecurity(@CurrentPrincipal() principal: Principal): Promise<SecurityDto> {
    const linked = await this.identities.list(principal.userId);
    const provider = await this.facebook.provider();
    return {
      ...(await this.security.describe(principal)),
      facebook: provider !== undefined && linked.includes(provider),
    };
  }

  /** Begins to set up codes from an app. They are asked for once one of them is confirmed. */
  @Post('auth/second-factor/begin')
  @HttpCode(200)
  @May('organization.read')
  @WithoutSecondFactor()
  @ApiOkResponse({ type: NewSecondFactorDto })
  beginSecondFactor(
    @CurrentPrincipal() { userId }: Principal,
    @Body() { password }: ProofDto,
    @Req() request: Request,
  ): Promise<NewSecondFactorDto> {
    return this.secondFactors.begin(userId, password, whereOf(request));
  }

  /** Turns the second factor on with the first code from the app, and ends all your other sessions. */
  @Post('auth/second-factor/confirm')
  @HttpCode(200)
  @May('organization.read')
  @WithoutSecondFactor()
  @ApiOkResponse({ type: RecoveryCodesDto })
  async confirmSecondFactor(
    @CurrentPrincipal() { userId }: Principal,
    @Body() { code }: SecondFactorCodeDto,
    @Req() request: Request,
  ): Promise<RecoveryCodesDto> {
    return { recoveryCodes: await this.secondFactors.confirm(userId, code, request.sessionID, whereOf(request)) };
  }

  /** New recovery codes; the old ones are worth nothing any more. */
  @Post('auth/second-factor/recovery-codes')
  @HttpCode(200)
  @May('organization.read')
  @ApiOkResponse({ type: RecoveryCodesDto })
  async renewRecoveryCodes(
    @CurrentPrincipal() { userId }: Principal,
    @Body() { password }: ProofDto,
    @Req() request: Request,
  ): Promise<RecoveryCodesDto> {
    return { recoveryCodes: await this.secondFactors.renewCodes(userId, password, whereOf(request)) };
  }

  /** Signs you in without codes from now on. Refused while an organization of yours asks for them. */
  @Post('auth/second-factor/remove')
  @HttpCode(204)
  @May('organization.read')
  @ApiNoContentResponse()
  async removeSecondFactor(
    @CurrentPrincipal() { userId }: Principal,
    @Body() { password }: ProofDto,
    @Req() request: Request,
  ): Promise<void> {
    await this.secondFactors.remove(userId, password, whereOf(request));
  }

  /** The browsers in which you are signed in, this one first. */
  @Get('auth/sessions')
  @May('organization.read')
  @ApiOkResponse({ type: SessionsDto })
  async listSessions(@CurrentPrincipal() { userId }: Principal, @Req() request: Request): Promise<SessionsDto> {
    return { data: await this.sessions.list(userId, request.sessionID) };
  }

  /** Ends all your sessions but this one. */
  @Delete('auth/sessions')
  @HttpCode(204)
  @May('organization.read')
  @ApiNoContentResponse()
  async endOtherSessions(@CurrentPrincipal() { userId }: Principal, @Req() request: Request): Promise<void> {
    await this.sessions.endOthers(userId, request.sessionID, whereOf(request));
  }

  /** Ends one of your sessions, at once. */
  @Delete('auth/sessions/:id')
  @HttpCode(204)
  @May('organization.read')
  @ApiNoContentResponse()
  async endSession(
    @CurrentPrincipal() { userId }: Principal,
    @Param('id', IdPipe) id: string,
    @Req() request: Request,
  ): Promise<void> {
    await this.sessions.end(userId, id, whereOf(request));
  }

  /** From now on Facebook no longer signs you in. */
  @Delete('auth/facebook')
  @HttpCode(204)
  @May('organization.read')
  @ApiNoContentResponse()
  async unlinkFacebook(@CurrentPrincipal() { userId }: Principal, @Req() request: Request): Promise<void> {
    await this.identities.unlink(userId, await this.facebook.required(), whereOf(request));
  }

  /** Asks every member for a second factor, or no longer. Who has none can do nothing but set one up. */
  @Put('organizations/:id/second-factor')
  @HttpCode(204)
  @May('organization.change')
  @ApiNoContentResponse()
  async requireSecondFactor(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Body() { required }: RequireSecondFactorDto,
  ): Promise<void> {
    await this.security.requireSecondFactor(principal, id, required);
  }
}
