import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { EmailVerificationService, PasswordsService, type Principal } from '#accounts';
import { May } from '../access/index.js';
import { CurrentPrincipal } from './current-principal.decorator.js';
import { AskForResetDto, ChangePasswordDto, MailedTokenDto, ResetPasswordDto } from './password.dto.js';
import { Public } from './public.decorator.js';
import { InBrowser } from './in-browser.decorator.js';
import { WithoutSecondFactor } from './without-second-factor.decorator.js';
import { whereOf } from './where.js';

/** Passwords, and addresses that prove whose they are. */
@ApiTags('Sign-in')
@Controller('v1/auth')
export class PasswordController {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly verification: EmailVerificationService,
  ) {}

  /** Mails a link to choose a new password. The answer is the same whether or not there is such an account. */
  @Post('password-reset')
  @HttpCode(202)
  @Public()
  @ApiAcceptedResponse()
  async requestPasswordReset(@Body() { email }: AskForResetDto, @Req() request: Request): Promise<void> {
    await this.passwords.requestReset(email, whereOf(request));
  }

  /** Sets the password with the token of the mail, and ends all sessions. The link works once, within an hour. */
  @Post('password-reset/confirm')
  @HttpCode(204)
  @Public()
  @ApiNoContentResponse()
  async resetPassword(@Body() { token, password }: ResetPasswordDto, @Req() request: Request): Promise<void> {
    await this.passwords.reset(token, password, whereOf(request));
  }

  /** Changes your password, and ends all your other sessions. */
  @Post('password')
  @HttpCode(204)
  @May('organization.read')
  @InBrowser()
  @ApiNoContentResponse()
  async changePassword(
    @CurrentPrincipal() { userId }: Principal,
    @Body() body: ChangePasswordDto,
    @Req() request: Request,
  ): Promise<void> {
    await this.passwords.change(userId, body, request.sessionID, whereOf(request));
  }

  /** Confirms an address with the token of the mail. The link works once, within three days. */
  @Post('verify-email')
  @HttpCode(204)
  @Public()
  @ApiNoContentResponse()
  async verifyEmail(@Body() { token }: MailedTokenDto, @Req() request: Request): Promise<void> {
    await this.verification.confirm(token, whereOf(request));
  }

  /** Mails the link once more, unless your address is confirmed already. */
  @Post('verify-email/resend')
  @HttpCode(202)
  @May('organization.read')
  @InBrowser()
  @WithoutSecondFactor()
  @ApiAcceptedResponse()
  async resendVerification(@CurrentPrincipal() { userId }: Principal): Promise<void> {
    await this.verification.send(userId);
  }
}
