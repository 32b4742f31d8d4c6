import { Problem } from '#kernel';
import { problemPage } from './callback-page.js';

const refused = (field: string, remedy: string) =>
  problemPage(
    Problem.conflict('This account is already a channel elsewhere.', {
      errors: [{ field, rule: 'a-rule', message: 'Two would publish to it.', remedy }],
    }),
  );

describe('the page of somebody who came back without a connection', () => {
  it('says what to do', () => {
    expect(refused('platform', 'Begin again & agree.')).toContain('<p>Begin again &amp; agree.</p>');
  });

  it('asks for a yes in ClickPost and not for a field of the API', () => {
    const page = refused('acceptShared', 'Send "acceptShared": true.');
    expect(page).not.toContain('acceptShared');
    expect(page).toContain('Say in ClickPost whether both workspaces may publish to it');
  });
});
