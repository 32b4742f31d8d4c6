export { Dispatcher, inviteParameters } from './dispatcher.js';
export {
  ChannelDisconnectedHandler,
  ChannelReconnectedHandler,
  PauseChangedHandler,
  PreparedSetDiscardedHandler,
  RenditionFinishedHandler,
} from './handlers.js';
export { HoldSweep } from './hold-sweep.js';
export { INVITE } from './invite.js';
export { type PublishJob } from './jobs.js';
