import { isJsonObject, type Json, type JsonObject, type SandboxRequest } from '#platforms/core';
import { badParameter } from './answers.js';

/** A node with every field that its type has; `null` where this one has no value. */
export type Node = JsonObject & { id: string };

/**
 * What `fields` asks for, `a,b{c,d}`. Fields that the type does not have are an error, as on Graph.
 * https://developers.facebook.com/docs/graph-api/guides/field-expansion
 */
export function project(node: JsonObject, fields: string, type: string): JsonObject {
  const result: JsonObject = {};
  for (const [name, inner] of splitFields(fields)) {
    const value = node[name];
    if (value === undefined) throw badParameter(`Tried accessing nonexisting field (${name}) on node type (${type})`);
    if (value !== null) result[name] = inner === undefined ? withoutNulls(value) : projectInside(value, inner, name);
  }
  return { ...(typeof node.id === 'string' && { id: node.id }), ...result };
}

/** One page of an edge, with cursors as Graph writes them: `next` is absolute and holds the token. */
export function edge(nodes: readonly Node[], request: SandboxRequest, token: string, options: EdgeOptions): JsonObject {
  const asked = Number(request.query.limit ?? options.pageSize);
  if (!Number.isInteger(asked) || asked < 1) throw badParameter('Param limit must be a positive integer');
  const after = request.query.after;
  const start = after === undefined ? 0 : nodes.findIndex((node) => cursorOf(node) === after) + 1;
  if (after !== undefined && start === 0) throw badParameter('Invalid cursors values');
  const page = nodes.slice(start, start + Math.min(asked, options.pageSize));
  const fields = request.query.fields ?? options.defaultFields;
  const data = page.map((node) => project(node, fields, options.type));
  const [first, last] = [page[0], page.at(-1)];
  if (!first || !last) return { data };
  const cursors = { before: cursorOf(first), after: cursorOf(last) };
  const more = start + page.length < nodes.length;
  return { data, paging: { cursors, ...(more && { next: nextUrl(request, token, cursors.after) }) } };
}

interface EdgeOptions {
  type: string;
  pageSize: number;
  defaultFields: string;
}

function nextUrl(request: SandboxRequest, token: string, after: string): string {
  const query = new URLSearchParams({ ...request.query, access_token: token, after });
  return `${request.baseUrl}${request.path}?${query.toString()}`;
}

function cursorOf(node: Node): string {
  return Buffer.from(node.id).toString('base64url');
}

function projectInside(value: Json, fields: string, type: string): Json {
  if (Array.isArray(value)) return value.map((item) => projectInside(item, fields, type));
  if (!isJsonObject(value)) return value;
  return 'data' in value ? { data: projectInside(value.data ?? null, fields, type) } : project(value, fields, type);
}

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutNulls(inner)]));
}

function splitFields(fields: string): [string, string | undefined][] {
  const parts = fields.match(/[^,{}]+(\{(?:[^{}]|\{[^{}]*\})*\})?/g) ?? [];
  if (parts.join(',') !== fields) throw badParameter(`Syntax error in field list: ${fields}`);
  return parts.map((part) => {
    const open = part.indexOf('{');
    return open === -1 ? [part, undefined] : [part.slice(0, open), part.slice(open + 1, -1)];
  });
}
