import { Injectable } from '@nestjs/common';
import { type OutboxHandler, type OutboxMessage } from '#kernel';
import { DELETION_REQUESTED, DeletionRequestsService } from './deletion-requests.service.js';

/**
 * Carries a request for deletion out that was not done at once, and deletes the last events of connections once they were
 * told. What fails is tried again until it is done.
 */
@Injectable()
export class DeletionRequestedHandler implements OutboxHandler {
  readonly topic = DELETION_REQUESTED;
  constructor(private readonly requests: DeletionRequestsService) {}

  async handle({ payload }: OutboxMessage): Promise<void> {
    const { requestId, connectionIds } = payload;
    if (Array.isArray(connectionIds)) await this.requests.eraseEvents(connectionIds.map(String));
    else await this.requests.carryOut(String(requestId));
  }
}
