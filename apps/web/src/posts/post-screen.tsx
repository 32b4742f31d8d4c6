import { Page } from '../ui/page.js';

export function PostScreen() {
  return <Page title="Post">{null}</Page>;
}
