import { Page } from '../ui/page.js';

export function SettingsScreen() {
  return <Page title="Settings">{null}</Page>;
}
