import { Page } from '../ui/page.js';

export function StartScreen() {
  return <Page title="Start">{null}</Page>;
}
