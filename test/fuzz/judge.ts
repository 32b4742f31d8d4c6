import { isInWorkspace, type Role, roleMay, WORKSPACE_ROLES } from '#accounts';
import { placesOf } from './description.js';
import { type FuzzRequest } from './requests.js';
import { type Answer, type CallerName, HANGS_AFTER_MS, type Tenant, type World } from './world.js';

/** A request as it was sent. */
export interface Sent {
  request: FuzzRequest;
  /** With the ids in it. */
  path: string;
  body: string;
}

/** What is wrong with an answer, in sentences; empty where nothing is. */
export function faultsOf(world: World, sent: Sent, answer: Answer): string[] {
  return [...formOf(answer), ...leaksOf(world, sent, answer), ...permissionsOf(sent, answer)];
}

/** That it came, in time, and an error as a problem. */
function formOf({ status, headers, text, took }: Answer): string[] {
  const faults: string[] = [];
  if (status >= 500) faults.push(`It was answered with ${status}.`);
  if (took >= HANGS_AFTER_MS) faults.push(`It took ${Math.round(took)} ms.`);
  if (status < 400) return faults;
  const type = headers.get('content-type') ?? 'nothing';
  if (!type.startsWith('application/problem+json')) return [...faults, `The error is ${type}, and no problem.`];
  const problem = JSON.parse(text) as Record<string, unknown>;
  const whole = ['type', 'title', 'detail'].every((name) => typeof problem[name] === 'string' && problem[name] !== '');
  if (!whole || problem['status'] !== status) faults.push('The problem lacks its type, title, detail or status.');
  if (/node_modules|\bat [\w.]+ \(|select .* from |PostgreSQL|QueryFailed/i.test(text)) {
    faults.push('The problem tells what the program is made of.');
  }
  return faults;
}

/** That it holds nothing of an organization that is not the caller's, save what the caller sent. */
function leaksOf(world: World, { request, path, body }: Sent, { headers, text }: Answer): string[] {
  const all = `${text}\n${JSON.stringify([...headers])}`.toLowerCase();
  const said = `${path}\n${body}`.toLowerCase();
  return strangersTo(world, request.caller).flatMap((tenant) => {
    const ids = [...new Set([...tenant.ids.values()].flat())].filter((id) => /^[\da-f-]{36}$/.test(id));
    const secrets = [tenant.marker, ...ids];
    const found = secrets.filter((secret) => all.includes(secret) && !said.includes(secret));
    return found.map((secret) => `It tells ${secret}, which belongs to another organization.`);
  });
}

function strangersTo({ own, foreign }: World, caller: CallerName): Tenant[] {
  switch (caller) {
    case 'nobody':
      return [own, foreign];
    case 'stranger':
      return [own];
    default:
      return [foreign];
  }
}

/** That nothing was done for whoever may not do it. */
function permissionsOf({ request, path }: Sent, { status }: Answer): string[] {
  const { operation, caller, places } = request;
  if (status >= 400 || operation.isPublic) return [];
  const faults: string[] = [];
  const { permission } = operation;
  if (caller === 'nobody' || permission === undefined) return [`Nobody may do ${operation.id}, and it was done.`];
  // Somebody without any workspace sees empty lists, of what is listed for an organization too.
  const inNoWorkspace = placesOf(operation.path).every(({ subject }) => subject === '/v1/organizations/{id}');
  const isList = operation.method === 'GET' && inNoWorkspace && isInWorkspace(permission);
  if (!isList && !rolesOf(caller).some((role) => roleMay(role, permission))) {
    faults.push(`${caller} may not do ${operation.id}, and did.`);
  }
  if (Object.values(places).some((place) => place.startsWith('«foreign'))) {
    faults.push(`${caller} used ${path} of another organization.`);
  }
  return faults;
}

function rolesOf(caller: Exclude<CallerName, 'nobody'>): Role[] {
  if (caller === 'stranger') return ['owner'];
  if (caller === 'elsewhere') return ['member', 'manager'];
  return WORKSPACE_ROLES.some((role) => role === caller) ? ['member', caller] : [caller];
}
