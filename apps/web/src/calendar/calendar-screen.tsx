import { Page } from '../ui/page.js';

export function CalendarScreen() {
  return <Page title="Calendar">{null}</Page>;
}
