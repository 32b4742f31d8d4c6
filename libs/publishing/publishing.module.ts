import { Module } from '@nestjs/common';
import { AttentionService } from './attention.service.js';
import {
  ChannelDisconnectedHandler,
  ChannelReconnectedHandler,
  Dispatcher,
  HoldSweep,
  PauseChangedHandler,
  PreparedSetDiscardedHandler,
} from './dispatch/index.js';
import { PublicationsService } from './publications.service.js';
import {
  Delivery,
  GroupCommit,
  Looking,
  Outcomes,
  Preparing,
  PublicationRunner,
  Reconciling,
  Recording,
  Refusals,
} from './runner/index.js';

/** What planning and the API need: publications and their log. */
@Module({ providers: [PublicationsService, AttentionService], exports: [PublicationsService, AttentionService] })
export class PublishingModule {}

const ENGINE = [
  Dispatcher,
  PublicationRunner,
  HoldSweep,
  ChannelDisconnectedHandler,
  ChannelReconnectedHandler,
  PauseChangedHandler,
  PreparedSetDiscardedHandler,
];

const PARTS = [GroupCommit, Outcomes, Looking, Preparing, Recording, Refusals, Reconciling, Delivery];

/** What a worker needs: the delivery engine itself. */
@Module({ providers: [...PARTS, ...ENGINE], exports: ENGINE })
export class DeliveryEngineModule {}
