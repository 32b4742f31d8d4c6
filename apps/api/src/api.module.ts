import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { ChannelsModule } from '#channels';
import { type Kernel, KernelModule } from '#kernel';
import { MediaModule } from '#media';
import { type PlatformRegistry } from '#platforms';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { ApprovalsModule } from './approvals/approvals.module.js';
import { AppsModule } from './apps/apps.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CalendarModule } from './calendar/calendar.module.js';
import { CallbacksModule } from './callbacks/callbacks.module.js';
import { ChannelsApiModule } from './channels/channels-api.module.js';
import { CommentsModule } from './comments/comments.module.js';
import { ConnectionsModule } from './connections/connections.module.js';
import { EventsModule } from './events/events.module.js';
import { HealthModule } from './health/health.module.js';
import { InvitationsModule } from './invitations/invitations.module.js';
import { MediaAddressesModule } from './media-addresses/media-addresses.module.js';
import { RenditionsApiModule } from './renditions/renditions-api.module.js';
import { MediaApiModule } from './media/media-api.module.js';
import { NotificationsApiModule } from './notifications/notifications-api.module.js';
import { OrganizationsModule } from './organizations/organizations.module.js';
import { OutboxPageModule } from './outbox-page/outbox-page.module.js';
import { PlatformsModule } from './platforms/platforms.module.js';
import { PostsModule } from './posts/posts.module.js';
import { PracticeModule } from './practice/practice.module.js';
import { PublicationsApiModule } from './publications/publications-api.module.js';
import { SpendingApiModule } from './spending/spending-api.module.js';
import { ReviewModule } from './review/review.module.js';
import { SupportModule } from './support/support.module.js';
import { UploadsModule } from './uploads/uploads.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { WorkspacesModule } from './workspaces/workspaces.module.js';

/** More Nest modules. */
export type Modules = NonNullable<ModuleMetadata['imports']>;

/** Everything that the API consists of. It never publishes: the delivery engine is the worker's. */
@Module({})
export class ApiModule {
  static forRoot(kernel: Kernel, platforms: PlatformRegistry, modules: Modules): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        KernelModule.forRoot(kernel),
        ChannelsModule.forRoot(platforms),
        MediaModule,
        AuthModule,
        ApiKeysModule,
        AuditModule,
        WorkspacesModule,
        OrganizationsModule,
        InvitationsModule,
        PlatformsModule,
        AppsModule,
        CallbacksModule,
        ConnectionsModule,
        ChannelsApiModule,
        MediaAddressesModule,
        MediaApiModule,
        UploadsModule,
        RenditionsApiModule,
        PostsModule,
        ApprovalsModule,
        ReviewModule,
        CommentsModule,
        CalendarModule,
        PublicationsApiModule,
        SpendingApiModule,
        SupportModule,
        EventsModule,
        NotificationsApiModule,
        WebhooksModule,
        PracticeModule,
        HealthModule,
        OutboxPageModule,
        ...modules,
      ],
    };
  }
}
