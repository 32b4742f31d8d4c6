import { Page } from '../ui/page.js';

export function SignInScreen() {
  return <Page title="Sign in">{null}</Page>;
}
