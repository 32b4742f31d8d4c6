import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { type Job } from 'bullmq';
import { QUEUES } from '#kernel';
import { type Invitation, PublicationRunner } from '#publishing';

/** Carries invitations to the runner. How many at once is set when the worker starts. */
@Injectable()
@Processor(QUEUES.publish)
export class PublishHandler extends WorkerHost {
  constructor(private readonly runner: PublicationRunner) {
    super();
  }

  override async process(job: Job<Invitation>): Promise<void> {
    await this.runner.run(job.data);
  }
}
