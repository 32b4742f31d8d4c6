import {
  escapeHtml,
  htmlPage,
  type JsonObject,
  problemPage,
  type SandboxAnswer,
  type SandboxRequest,
} from '#platforms/core';
import { type Plan, type State, SUBSCRIPTIONS, userIdOf } from './state.js';

/** Where a permalink leads. */
export function showPost(state: State, { params }: SandboxRequest): SandboxAnswer {
  const post = state.posts.get(params.id ?? '');
  if (!post || post.replaced === true) return problemPage('X', 'Hmm, this page doesn’t exist.', 404);
  return htmlPage('X', `@${state.usernameOf(post.userId)}`, `<p>${escapeHtml(post.text)}</p>`);
}

/** "Connected apps": where a person takes the app away. https://x.com/settings/connected_apps */
export function showApps(state: State): SandboxAnswer {
  const people = state.people.entries().map(([, person]) => person);
  const forms = people.map(
    ({ id, name }) =>
      `<form method="post"><input type="hidden" name="user" value="${id}"><p>${escapeHtml(name)}</p><button>Revoke app permissions</button></form>`,
  );
  return htmlPage('X', 'Connected apps', forms.join('\n') || '<p>No app has access to a practice account.</p>');
}

/** Every token of the person ends. */
export function submitApps(state: State, { form }: SandboxRequest): SandboxAnswer {
  state.kill(({ userId }) => userId === form.user);
  return htmlPage('X', 'Connected apps', '<p>ClickPost was removed.</p>');
}

/** For the practice alone: what the app's plan allows, `{quotes, selfThreads, credits}`, each true or false. */
export function changePlan(state: State, { json }: SandboxRequest): SandboxAnswer {
  const plan: Partial<Plan> = {};
  for (const name of ['quotes', 'selfThreads', 'credits'] as const) {
    const value = json[name];
    if (typeof value === 'boolean') plan[name] = value;
  }
  if (Object.keys(plan).length === 0)
    return { status: 422, body: { message: 'Give "quotes", "selfThreads" or "credits".' } };
  state.change(plan);
  return { status: 204 };
}

/** For the practice alone: ends all tokens of a person, `{person}`, or only those that act, `{person, only: "access"}`. */
export function revokeForPractice(state: State, { json }: SandboxRequest): SandboxAnswer {
  const id = userIdOf(textIn(json, 'person'));
  state.kill(({ userId, kind }) => userId === id && (json.only === undefined || kind === json.only));
  return { status: 204 };
}

/** For the practice alone: somebody begins or ends X Premium, `{person, subscription}`. */
export function subscribe(state: State, { json }: SandboxRequest): SandboxAnswer {
  const person = state.people.get(userIdOf(textIn(json, 'person')));
  const subscription = SUBSCRIPTIONS.find((one) => one === json.subscription);
  if (!person || !subscription) return { status: 422, body: { message: 'Give "person" and "subscription".' } };
  state.people.set(person.id, { ...person, subscription });
  return { status: 204 };
}

function textIn(json: JsonObject, name: string): string {
  const value = json[name];
  return typeof value === 'string' ? value : '';
}
