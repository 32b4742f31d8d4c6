import { Page } from '../ui/page.js';

export function NewPostScreen() {
  return <Page title="New post">{null}</Page>;
}

export function EditPostScreen() {
  return <Page title="Edit post">{null}</Page>;
}
