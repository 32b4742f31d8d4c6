import { Page } from '../ui/page.js';

export function SignUpScreen() {
  return <Page title="Sign up">{null}</Page>;
}
