import { getQueueToken } from '@nestjs/bullmq';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Queue } from 'bullmq';
import { ChannelsModule } from '#channels';
import { jobsModule, type Kernel, KernelModule, QUEUES } from '#kernel';
import { MediaModule } from '#media';
import { type PlatformRegistry } from '#platforms';
import {
  DeliveryEngineModule,
  Dispatcher,
  HoldSweep,
  type Invitation,
  type PublicationRecord,
  PublicationRunner,
  type PublishJob,
} from '#publishing';
import { type TestEngine } from './engine.js';

/** A worker's engine without anything that drives it: each step is the test's own. */
export class EngineParts {
  constructor(
    private readonly engine: TestEngine,
    readonly dispatcher: Dispatcher,
    readonly runner: PublicationRunner,
    readonly sweep: HoldSweep,
    readonly queue: Queue<PublishJob>,
  ) {}

  /** Lets the time come for a publication, and has it invited. */
  async invite(id: string): Promise<Invitation> {
    await this.engine.skipWait(id);
    await this.dispatcher.dispatch();
    const { invitation, state } = await this.engine.find(id);
    if (invitation === null) throw new Error(`It was not invited while ${state}: ${await this.engine.story(id)}`);
    return { publicationId: id, invitation };
  }

  /** Invites a publication and carries the invitation out, to the end of this attempt. */
  async carryOut(id: string): Promise<PublicationRecord> {
    await this.runner.run(await this.invite(id));
    return this.engine.find(id);
  }
}

/** Starts them, beside whatever else works on the same database. */
export async function startParts(
  engine: TestEngine,
): Promise<{ context: INestApplicationContext; parts: EngineParts }> {
  const module = engineModule(engine.kernel, engine.databaseUrl, engine.platforms);
  const context = await NestFactory.createApplicationContext(module, { logger: false });
  const get = <T>(token: (abstract new (...args: never[]) => T) | string): T =>
    context.get<T>(token, { strict: false });
  // The database may be dropped under an idle connection, which an emitter without a listener would print.
  for (const name of Object.values(QUEUES)) get<Queue>(getQueueToken(name)).on('error', () => undefined);
  const queue = get<Queue<PublishJob>>(getQueueToken(QUEUES.publish));
  const parts = new EngineParts(engine, get(Dispatcher), get(PublicationRunner), get(HoldSweep), queue);
  return { context, parts };
}

function engineModule(kernel: Kernel, databaseUrl: string, platforms: PlatformRegistry) {
  @Module({
    imports: [
      KernelModule.forRoot(kernel),
      jobsModule({ databaseUrl }),
      ChannelsModule.forRoot(platforms),
      MediaModule,
      DeliveryEngineModule,
    ],
  })
  class TestParts {}
  return TestParts;
}
