import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { type Job } from 'bullmq';
import { QUEUES } from '#kernel';
import { PublicationRunner, type PublishJob } from '#publishing';

/** Carries invitations to the runner. How many at once is set when the worker starts. */
@Injectable()
@Processor(QUEUES.publish)
export class PublishHandler extends WorkerHost {
  constructor(private readonly runner: PublicationRunner) {
    super();
  }

  /** All of a job side by side; one that fails stops none of the others. */
  override async process(job: Job<PublishJob>): Promise<void> {
    const ended = await Promise.allSettled(job.data.invitations.map((invitation) => this.runner.run(invitation)));
    const faults: unknown[] = ended.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
    if (faults.length > 0) throw new AggregateError(faults, 'Invitations were not carried out.');
  }
}
