import { type DynamicModule, Global, Module } from '@nestjs/common';
import { type Clock } from './clock/index.js';
import { type Config } from './config/index.js';
import { Database } from './database/index.js';
import { MailDelivery, MailOutbox, MailQueue } from './mail/index.js';
import { type FileStorage } from './storage/index.js';
import { Vault } from './vault/index.js';

/** Injection tokens of what has no class. */
export const CONFIG = Symbol('config');
export const CLOCK = Symbol('clock');
export const STORAGE = Symbol('storage');

/** What a process opened before its modules: the same objects serve API and worker when they share a process. */
export interface Kernel {
  config: Config;
  database: Database;
  vault: Vault;
  clock: Clock;
  storage: FileStorage;
}

/** Makes the kernel's services injectable everywhere. */
@Global()
@Module({})
export class KernelModule {
  static forRoot(kernel: Kernel): DynamicModule {
    const { config, database, vault } = kernel;
    const providers = [
      { provide: CONFIG, useValue: kernel.config },
      { provide: Database, useValue: kernel.database },
      { provide: Vault, useValue: kernel.vault },
      { provide: CLOCK, useValue: kernel.clock },
      { provide: STORAGE, useValue: kernel.storage },
      { provide: MailQueue, useValue: new MailQueue(vault) },
      { provide: MailOutbox, useValue: new MailOutbox(database, vault) },
      { provide: MailDelivery, useValue: new MailDelivery(database, vault, config) },
    ];
    return { module: KernelModule, providers, exports: providers };
  }
}
