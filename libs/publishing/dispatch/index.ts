export { Dispatcher, INVITE } from './dispatcher.js';
export {
  ChannelDisconnectedHandler,
  ChannelReconnectedHandler,
  PauseChangedHandler,
  PreparedSetDiscardedHandler,
} from './handlers.js';
export { HoldSweep } from './hold-sweep.js';
