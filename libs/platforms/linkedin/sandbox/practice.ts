import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { organizationIdOf, type State, textIn } from './state.js';

/** For the practice alone: another role of a person for an organization, `{person, organization, role?, state?}`; names and id. */
export function setRole(state: State, { json }: SandboxRequest): SandboxAnswer {
  const [personId, name] = [textIn(json, 'person'), textIn(json, 'organization')];
  if (personId === '' || name === '') return problem('Give "person", an id, and "organization", a name.');
  const organizationId = organizationIdOf(name);
  const role = textIn(json, 'role') || 'ADMINISTRATOR';
  state.setRole({ personId, organizationId, role, state: textIn(json, 'state') || 'APPROVED' });
  return { status: 204 };
}

/** For the practice alone: the person takes the permission away, `{person}`; or their tokens end, `{person, expired: true}`. */
export function endTokens(state: State, { json }: SandboxRequest): SandboxAnswer {
  const personId = textIn(json, 'person');
  if (personId === '') return problem('Give "person", an id, and "expired" where nothing was taken away.');
  if (json.expired !== true) {
    state.revoke((token) => token.personId === personId);
    return { status: 204 };
  }
  for (const [text, token] of state.tokens.entries()) {
    if (token.personId === personId) state.tokens.set(text, { ...token, expiresAt: state.now() });
  }
  return { status: 204 };
}

/** For the practice alone: how many more requests are allowed today, `{key, allowed}`; `key` is a person's id or `app`. */
export function allow(state: State, { json }: SandboxRequest): SandboxAnswer {
  const { allowed } = json;
  if (typeof allowed !== 'number' || textIn(json, 'key') === '') return problem('Give "key" and "allowed".');
  state.allow(textIn(json, 'key'), allowed);
  return { status: 204 };
}

/** For the practice alone: LinkedIn answers a version of its API no more, `{version}`. */
export function sunset(state: State, { json }: SandboxRequest): SandboxAnswer {
  const version = textIn(json, 'version');
  if (version === '') return problem('Give "version".');
  state.switched.set(version, true);
  return { status: 204 };
}

/** For the practice alone: the app is in its time of development again. */
export function develop(state: State): SandboxAnswer {
  state.switched.set('development', true);
  return { status: 204 };
}

function problem(message: string): SandboxAnswer {
  return { status: 422, body: { message } };
}
