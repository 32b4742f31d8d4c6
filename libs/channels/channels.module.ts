import { type DynamicModule, Module } from '@nestjs/common';
import { PlatformRegistry } from '#platforms';
import { CallbackApps, DeletionRequestsService, PlatformCallbacksService } from './callbacks/index.js';
import { Budgets } from './budgets.js';
import { ChannelsService } from './channels.service.js';
import { ConnectionStore } from './connection-store.js';
import { ConnectionsService } from './connections.service.js';
import { HealthReader } from './health-reader.js';
import { InstallationAppsService } from './installation-apps.service.js';
import { OAuthBridge } from './oauth-bridge.js';
import { PlatformAccess } from './platform-access.js';
import { PlatformApps } from './platform-apps.js';
import { PlatformNotices } from './platform-notices.js';
import { PlacesService } from './places.service.js';
import { ReconnectionStore } from './reconnection-store.js';
import { ReconnectionsService } from './reconnections.service.js';
import { TokenRefresh } from './token-refresh.js';
import { TokenRenewal } from './token-renewal.js';

const SERVICES = [
  PlatformApps,
  InstallationAppsService,
  Budgets,
  PlatformAccess,
  ConnectionStore,
  HealthReader,
  ConnectionsService,
  ReconnectionStore,
  OAuthBridge,
  ReconnectionsService,
  PlacesService,
  TokenRefresh,
  TokenRenewal,
  ChannelsService,
  CallbackApps,
  DeletionRequestsService,
  PlatformCallbacksService,
  PlatformNotices,
];

/** Connections, channels and the way to their platforms. */
@Module({})
export class ChannelsModule {
  static forRoot(platforms: PlatformRegistry): DynamicModule {
    const registry = { provide: PlatformRegistry, useValue: platforms };
    return {
      module: ChannelsModule,
      global: true,
      providers: [registry, ...SERVICES],
      exports: [registry, ...SERVICES],
    };
  }
}
