import { Page } from '../ui/page.js';

export function ChannelsScreen() {
  return <Page title="Channels">{null}</Page>;
}
