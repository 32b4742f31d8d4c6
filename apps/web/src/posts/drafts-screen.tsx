import { Page } from '../ui/page.js';

export function DraftsScreen() {
  return <Page title="Drafts">{null}</Page>;
}
