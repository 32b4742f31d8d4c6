import { Inject, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { CONFIG, type Config } from '#kernel';
import { inlineStyles } from '../http/index.js';
import { HomeController } from './home.controller.js';

/** `/` */
@Module({ controllers: [HomeController] })
export class HomeModule implements NestModule {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(inlineStyles(this.config.publicUrl.startsWith('https:'))).forRoutes(HomeController);
  }
}
