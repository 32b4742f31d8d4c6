import { Inject, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { CONFIG, type Config } from '#kernel';
import { inlineStyles } from '../http/index.js';
import { ConnectionsController } from './connections.controller.js';
import { OAuthController } from './oauth.controller.js';
import { PlacesController } from './places.controller.js';
import { ReconnectionsController } from './reconnections.controller.js';

/** `/v1/connections`, and the way back from consent pages. */
@Module({ controllers: [ConnectionsController, PlacesController, ReconnectionsController, OAuthController] })
export class ConnectionsModule implements NestModule {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(inlineStyles(this.config.publicUrl.startsWith('https:'))).forRoutes(OAuthController);
  }
}
