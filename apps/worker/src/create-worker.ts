import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger, type Kernel, NestLogger } from '#kernel';
import { type PlatformRegistry } from '#platforms';
import { WorkerModule } from './worker.module.js';

/** Starts a worker. It works until it is closed; closing hands back or finishes what is in hand. */
export async function createWorker(
  kernel: Kernel,
  databaseUrl: string,
  platforms: PlatformRegistry,
): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(WorkerModule.forRoot(kernel, databaseUrl, platforms), {
    logger: new NestLogger(createLogger(kernel.config)),
    abortOnError: false,
  });
}
