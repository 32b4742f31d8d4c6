import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccountsModule } from '#accounts';
import { AccessGuard } from '../access/index.js';
import { AuthController } from './auth.controller.js';
import { Authentication } from './authentication.js';

/** Sign-in, and the guard of every route. */
@Module({
  imports: [AccountsModule],
  controllers: [AuthController],
  providers: [Authentication, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [Authentication],
})
export class AuthModule {}
