import { Page } from '../ui/page.js';

export function PracticeScreen() {
  return <Page title="Practice feed">{null}</Page>;
}
