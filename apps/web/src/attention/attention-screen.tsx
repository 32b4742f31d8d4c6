import { Page } from '../ui/page.js';

export function AttentionScreen() {
  return <Page title="Needs attention">{null}</Page>;
}
