import { Module } from '@nestjs/common';
import { AttentionService } from './attention.service.js';
import {
  ChannelDisconnectedHandler,
  ChannelReconnectedHandler,
  Dispatcher,
  HoldSweep,
  PauseChangedHandler,
  PreparedSetDiscardedHandler,
  RenditionFinishedHandler,
} from './dispatch/index.js';
import { FlowControl, FlowState, FlowUpkeep } from './flow/index.js';
import {
  AskedTermsService,
  BudgetOutlook,
  ChannelDoor,
  ChannelLiveService,
  PublishedPostsService,
} from './live/index.js';
import { PublicationsService } from './publications.service.js';
import {
  DailyBudgets,
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
import { SpendingService } from './spending/index.js';
import { LookAgainHandler, SupportActionsService } from './support/index.js';

/** What planning and the API need: publications and their log. */
@Module({
  providers: [
    PublicationsService,
    AttentionService,
    SupportActionsService,
    FlowControl,
    FlowState,
    ChannelDoor,
    ChannelLiveService,
    AskedTermsService,
    BudgetOutlook,
    PublishedPostsService,
    SpendingService,
  ],
  exports: [
    PublicationsService,
    AttentionService,
    SupportActionsService,
    FlowState,
    ChannelLiveService,
    AskedTermsService,
    BudgetOutlook,
    PublishedPostsService,
    SpendingService,
  ],
})
export class PublishingModule {}

const ENGINE = [
  FlowControl,
  FlowUpkeep,
  Dispatcher,
  PublicationRunner,
  HoldSweep,
  ChannelDisconnectedHandler,
  ChannelReconnectedHandler,
  PauseChangedHandler,
  PreparedSetDiscardedHandler,
  RenditionFinishedHandler,
  LookAgainHandler,
];

const PARTS = [GroupCommit, Outcomes, Looking, Preparing, Recording, Refusals, Reconciling, DailyBudgets, Delivery];

/** What a worker needs: the delivery engine itself. */
@Module({ providers: [...PARTS, ...ENGINE], exports: ENGINE })
export class DeliveryEngineModule {}
