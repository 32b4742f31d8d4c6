import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { invalid } from './answers.js';
import { type Person } from './state.js';

const DEFAULT_FIELDS = ['id', 'name', 'username'];
const USER_FIELDS = [
  ...['confirmed_email', 'connection_status', 'created_at', 'description', 'entities', 'id', 'is_identity_verified'],
  ...['location', 'name', 'parody', 'profile_banner_url', 'profile_image_url', 'protected', 'public_metrics'],
  ...['receives_your_dm', 'subscribes_to_you', 'subscription', 'subscription_type', 'url', 'username', 'verified'],
  ...['verified_followers_count', 'verified_type', 'withheld'],
];

/** `GET /2/users/me`: https://docs.x.com/x-api/users/get-my-user */
export function me(person: Person, request: SandboxRequest): SandboxAnswer {
  const { 'user.fields': fields, ...rest } = request.query;
  const [stranger] = Object.keys(rest);
  if (stranger !== undefined) throw invalid(`The query parameter [${stranger}] is not known.`, stranger);
  const all: JsonObject = {
    id: person.id,
    name: person.name,
    username: person.username,
    subscription_type: person.subscription,
    verified: person.subscription !== 'None',
    verified_type: person.subscription === 'None' ? 'none' : 'blue',
    protected: false,
    description: 'Nothing here leaves this machine.',
    created_at: '2020-01-01T00:00:00.000Z',
  };
  const asked = listOf(fields, USER_FIELDS, 'user.fields');
  const names = new Set([...DEFAULT_FIELDS, ...asked]);
  return { status: 200, body: { data: Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name))) } };
}

/** A parameter that lists what is known, separated by commas. */
export function listOf(value: string | undefined, known: readonly string[], parameter: string): string[] {
  if (value === undefined) return [];
  const asked = value.split(',');
  const stranger = asked.find((one) => !known.includes(one));
  if (stranger !== undefined) {
    throw invalid(
      `The \`${parameter}\` query parameter value [${stranger}] is not one of [${known.join(',')}]`,
      parameter,
    );
  }
  if (new Set(asked).size !== asked.length) throw invalid(`${parameter} names something twice`, parameter);
  return asked;
}
