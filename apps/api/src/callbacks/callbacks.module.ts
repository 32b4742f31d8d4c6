import { Inject, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { CONFIG, type Config } from '#kernel';
import { inlineStyles } from '../http/index.js';
import { CallbacksController } from './callbacks.controller.js';
import { DeletionController } from './deletion.controller.js';

/** `/v1/platforms/:platform/callbacks`, where platforms speak, and `/deletion/:code`, where people look. */
@Module({ controllers: [CallbacksController, DeletionController] })
export class CallbacksModule implements NestModule {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(inlineStyles(this.config.publicUrl.startsWith('https:'))).forRoutes(DeletionController);
  }
}
