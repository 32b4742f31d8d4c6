import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXTRA_EDGES, EXTRA_FIELDS, PARAMETERS } from './meta-parameters.js';

/** Where .ci/run installs the SDK. It is no part of the product: its licence is not an open one. */
const folder = join(import.meta.dirname, 'meta-sdk');

/** Whether the SDK is installed. */
export const isInstalled = existsSync(join(folder, 'node_modules/facebook-nodejs-business-sdk'));

/** A kind of object, as the SDK has a class for it. */
type SdkClass = { name: string; Fields: Readonly<Record<string, string>>; prototype: object } & (new (
  id: string,
  data: object,
  parent: undefined,
  api: object,
) => SdkObject);

/** As much of an object of the SDK as is listened to. */
interface SdkObject {
  getEdge: (target: SdkClass, fields: unknown, params: unknown, first: unknown, endpoint: string) => unknown;
  createEdge: (endpoint: string, fields: unknown, params: unknown, target: SdkClass | null) => unknown;
  deleteEdge: (endpoint: string) => unknown;
  [method: string]: unknown;
}

/** An edge, and of which kind the objects are that it leads to. */
export interface Edge {
  target?: string;
}

/**
 * Meta's own description of its Graph API: which kinds of objects there are, with which fields, and which edges they have, by
 * the SDK for Node; which parameters an edge takes, by the SDK for Python, as the former has no list of them.
 */
export class Official {
  private readonly classes: Readonly<Record<string, SdkClass>>;
  private readonly edges = new Map<string, Map<string, Edge>>();

  constructor() {
    const load = createRequire(join(folder, 'package.json'));
    this.classes = load('facebook-nodejs-business-sdk') as Record<string, SdkClass>;
  }

  /** Fields of a kind of object; undefined where the SDK has no such kind. */
  fields(kind: string): ReadonlySet<string> | undefined {
    const known = this.classes[kind];
    return known && new Set(['id', ...Object.keys(known.Fields), ...(EXTRA_FIELDS[kind] ?? [])]);
  }

  /** Whether an object can be read, changed or deleted by its id. */
  takes(kind: string, method: string): boolean {
    const name = { GET: 'get', POST: 'update', DELETE: 'delete' }[method] ?? '';
    return Object.hasOwn(this.classes[kind]?.prototype ?? {}, name) || EXTRA_FIELDS[kind] !== undefined;
  }

  /** An edge by its method and name; undefined where there is none. */
  edge(kind: string, method: string, name: string): Edge | undefined {
    return this.edgesOf(kind).get(`${method} /${name}`);
  }

  /** The parameters of `POST Page feed`, or of `POST Page` for a change of the object itself. */
  parameters(kind: string, method: string, edge: string): ReadonlySet<string> {
    return new Set(PARAMETERS[`${method} ${kind} ${edge}`.trim()] ?? []);
  }

  /** Every method of the class is called once, with an ear in place of the network. */
  private edgesOf(kind: string): Map<string, Edge> {
    const known = this.edges.get(kind);
    if (known) return known;
    const found = new Map<string, Edge>(EXTRA_EDGES[kind]);
    this.edges.set(kind, found);
    const sdk = this.classes[kind];
    if (!sdk) return found;
    const heard = (method: string, endpoint: string, target?: SdkClass | null) =>
      found.set(`${method} ${endpoint}`, target ? { target: target.name } : {});
    const object = new sdk('1', {}, undefined, {});
    object.getEdge = (target, _fields, _params, _first, endpoint) => heard('GET', endpoint, target);
    object.createEdge = (endpoint, _fields, _params, target) => heard('POST', endpoint, target);
    for (const method of Object.getOwnPropertyNames(sdk.prototype)) {
      const call = object[method];
      if (!/^(get|create)[A-Z]/.test(method) || typeof call !== 'function') continue;
      (call as (fields: string[], params: object) => unknown).call(object, [], {});
    }
    // Deletions of an edge go to the class above, which nothing can stand in front of: their name tells.
    for (const method of Object.getOwnPropertyNames(sdk.prototype)) {
      const name = /^delete([A-Z]\w+)$/.exec(method)?.[1];
      if (name) heard('DELETE', `/${name.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()}`);
    }
    return found;
  }
}
