import { Injectable } from '@nestjs/common';
import { type OutboxHandler, type OutboxMessage } from '#kernel';
import { DELETION_REQUESTED, DeletionRequestsService } from './deletion-requests.service.js';

/** Carries a request for deletion out that was not done at once. What fails is tried again until it is. */
@Injectable()
export class DeletionRequestedHandler implements OutboxHandler {
  readonly topic = DELETION_REQUESTED;
  constructor(private readonly requests: DeletionRequestsService) {}

  async handle({ payload }: OutboxMessage): Promise<void> {
    await this.requests.carryOut(String(payload['requestId']));
  }
}
