import { type Json, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { type Person, type State } from './state.js';

const DONE: SandboxAnswer = { status: 204 };

/** Ends a person's tokens; the refresh tokens only with `refresh`. */
export function expire(state: State, { json: { user, refresh } }: SandboxRequest): SandboxAnswer {
  if (typeof user !== 'string') return wrong('Give "user", an id; and "refresh", whether refresh tokens end as well.');
  state.end((token) => token.openId === user && (token.kind === 'access' || refresh === true));
  return DONE;
}

const SWITCHES = ['isPrivate', 'commentsOff', 'duetOff', 'stitchOff', 'isBanned'] as const;

/** A person changes the settings of the account in the TikTok app, or TikTok bans it. */
export function changeCreator(state: State, { json }: SandboxRequest): SandboxAnswer {
  const person = typeof json.user === 'string' ? state.people.get(json.user) : undefined;
  if (!person) return wrong(`Give "user", an id; and ${SWITCHES.join(', ')} or maxSeconds.`);
  const changes: Partial<Person> = {};
  for (const name of SWITCHES) if (typeof json[name] === 'boolean') changes[name] = json[name];
  if (typeof json.maxSeconds === 'number') changes.maxSeconds = json.maxSeconds;
  state.people.set(person.openId, { ...person, ...changes });
  return DONE;
}

/** How long TikTok works on a post ("work") and reviews a public one ("review"), in milliseconds. */
export function setPace(state: State, { json: { what, ms } }: SandboxRequest): SandboxAnswer {
  if ((what !== 'work' && what !== 'review') || typeof ms !== 'number') {
    return wrong('Give "what": "work" or "review"; and "ms".');
  }
  state.arrange(what, ms);
  return DONE;
}

/** The next post that is complete fails with this `fail_reason`. */
export function refuse(state: State, { json: { reason } }: SandboxRequest): SandboxAnswer {
  if (typeof reason !== 'string') return wrong('Give "reason", a fail_reason.');
  state.arrange('refuse', reason);
  return DONE;
}

/** The addresses of a person's uploads end at once. */
export function endSessions(state: State, { json: { user } }: SandboxRequest): SandboxAnswer {
  if (typeof user !== 'string') return wrong('Give "user", an id.');
  for (const publish of state.publishesOf(user)) state.publishes.set(publish.id, { ...publish, endsAt: 0 });
  return DONE;
}

/** Under which addresses TikTok fetches files; null = those of this installation. */
export function verify(state: State, { json: { prefixes } }: SandboxRequest): SandboxAnswer {
  if (prefixes !== null && !isTexts(prefixes)) return wrong('Give "prefixes", a list of addresses, or null.');
  state.arrange('verified', prefixes ?? undefined);
  return DONE;
}

/** A person posts what waits in the inbox. */
export function postDraft(state: State, { json: { publish } }: SandboxRequest): SandboxAnswer {
  const draft = typeof publish === 'string' ? state.publishes.get(publish) : undefined;
  if (!draft?.isDraft) return wrong('Give "publish", the publish_id of a draft.');
  state.publishes.set(draft.id, { ...draft, postedAt: state.now() });
  return DONE;
}

function isTexts(value: Json | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function wrong(message: string): SandboxAnswer {
  return { status: 422, body: { message } };
}
