import { type DynamicModule, Module } from '@nestjs/common';
import { ChannelsModule, ConnectionDisconnectedHandler, DeletionRequestedHandler } from '#channels';
import { jobsModule, type Kernel, KernelModule } from '#kernel';
import { MediaModule } from '#media';
import { NotificationsModule } from '#notifications';
import { ZoneSweep } from '#planning';
import { type PlatformRegistry } from '#platforms';
import {
  ChannelDisconnectedHandler,
  ChannelReconnectedHandler,
  DeliveryEngineModule,
  LookAgainHandler,
  PauseChangedHandler,
  PreparedSetDiscardedHandler,
  RenditionFinishedHandler,
} from '#publishing';
import { DeliverMail } from './deliver-mail.js';
import { DeliverWebhooks } from './deliver-webhooks.js';
import { FollowTimeZones } from './follow-time-zones.js';
import { Housekeeping } from './housekeeping.js';
import { Notify } from './notify.js';
import { OUTBOX_HANDLERS, OutboxJobHandler } from './outbox.handler.js';
import { PublishHandler } from './publish.handler.js';
import { RenderMediaHandler } from './render-media.handler.js';
import { RenewTokens } from './renew-tokens.js';
import { WorkerLoop } from './worker-loop.js';

const HANDLERS = [
  ChannelDisconnectedHandler,
  ChannelReconnectedHandler,
  PauseChangedHandler,
  PreparedSetDiscardedHandler,
  RenditionFinishedHandler,
  LookAgainHandler,
  ConnectionDisconnectedHandler,
  DeletionRequestedHandler,
];

/** Everything that works in the background. */
@Module({})
export class WorkerModule {
  static forRoot(kernel: Kernel, databaseUrl: string, platforms: PlatformRegistry): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        KernelModule.forRoot(kernel),
        jobsModule({ databaseUrl, redisUrl: kernel.config.redisUrl }),
        ChannelsModule.forRoot(platforms),
        MediaModule,
        DeliveryEngineModule,
        NotificationsModule,
      ],
      providers: [
        ConnectionDisconnectedHandler,
        DeletionRequestedHandler,
        { provide: OUTBOX_HANDLERS, useFactory: (...handlers: unknown[]) => handlers, inject: HANDLERS },
        OutboxJobHandler,
        PublishHandler,
        WorkerLoop,
        Housekeeping,
        RenewTokens,
        RenderMediaHandler,
        DeliverMail,
        DeliverWebhooks,
        Notify,
        ZoneSweep,
        FollowTimeZones,
      ],
    };
  }
}
