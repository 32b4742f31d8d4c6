import { type DynamicModule, Global, Module, type ModuleMetadata } from '@nestjs/common';
import { type Kernel, KernelModule } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AuthModule } from './auth/auth.module.js';
import { HealthModule } from './health/health.module.js';
import { HomeModule } from './home/home.module.js';
import { OrganizationsModule } from './organizations/organizations.module.js';
import { PlatformsModule } from './platforms/platforms.module.js';
import { WorkspacesModule } from './workspaces/workspaces.module.js';

/** More Nest modules. */
export type Modules = NonNullable<ModuleMetadata['imports']>;

/** Everything that the API consists of. The registry of platforms is injectable everywhere. */
@Global()
@Module({})
export class ApiModule {
  static forRoot(kernel: Kernel, platforms: PlatformRegistry, modules: Modules): DynamicModule {
    const registry = { provide: PlatformRegistry, useValue: platforms };
    return {
      module: ApiModule,
      imports: [
        KernelModule.forRoot(kernel),
        AuthModule,
        ApiKeysModule,
        WorkspacesModule,
        OrganizationsModule,
        PlatformsModule,
        HealthModule,
        HomeModule,
        ...modules,
      ],
      providers: [registry],
      exports: [registry],
    };
  }
}
