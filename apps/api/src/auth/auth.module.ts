import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccountsModule } from '#accounts';
import { AccessGuard } from '../access/index.js';
import { AuthController } from './auth.controller.js';
import { Authentication } from './authentication.js';
import { Entrance } from './entrance.js';
import { FacebookSignIn } from './facebook-sign-in.js';
import { FacebookController } from './facebook.controller.js';
import { PasswordController } from './password.controller.js';
import { SecondFactorGuard } from './second-factor.guard.js';
import { SecurityController } from './security.controller.js';

/** Sign-in, and the guard of every route. */
@Module({
  imports: [AccountsModule],
  controllers: [AuthController, PasswordController, SecurityController, FacebookController],
  providers: [
    Authentication,
    Entrance,
    FacebookSignIn,
    // In this order: who may at all, then who may already.
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: SecondFactorGuard },
  ],
  exports: [Authentication],
})
export class AuthModule {}
