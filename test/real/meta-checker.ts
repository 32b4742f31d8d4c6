import { isJsonObject, type Json, type JsonObject } from '#platforms/core';
import { type Official } from './meta-official.js';
import { type Heard } from './meta-rehearsal.js';

/** https://developers.facebook.com/docs/graph-api/overview and /docs/graph-api/results: of every call. */
const EVERYWHERE = new Set(['access_token', 'appsecret_proof', 'fields', 'limit', 'after', 'before', 'since', 'until']);
/** What is asked at an address of its own, not of an object. */
const NOT_OBJECTS = new Set(['oauth', 'debug_token', 'pages', 'access_token', 'refresh_access_token']);

/** What is made by a call, by the fields of its answer. */
const MADE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Page feed': { id: 'PagePost' },
  'Page photos': { id: 'Photo', post_id: 'PagePost' },
  'Page videos': { id: 'AdVideo', video_id: 'AdVideo' },
  'Page video_reels': { video_id: 'AdVideo', post_id: 'PagePost' },
  'Page video_stories': { video_id: 'AdVideo', post_id: 'PagePost' },
  'Page photo_stories': { post_id: 'PagePost' },
  'PagePost comments': { id: 'Comment' },
  'AdVideo comments': { id: 'Comment' },
  'Photo comments': { id: 'Comment' },
  'IGUser media': { id: 'ShadowIGMediaBuilder' },
  'IGUser media_publish': { id: 'IGMedia' },
  'IGMedia comments': { id: 'IGComment' },
  'IGUserForIGOnlyAPI media': { id: 'ShadowIGMediaBuilder' },
  'IGUserForIGOnlyAPI media_publish': { id: 'IGMediaForIGOnlyAPI' },
  'IGMediaForIGOnlyAPI comments': { id: 'IGComment' },
};

/** Where an edge or a field leads to, where the SDK does not say it. */
const LEADS: Readonly<Record<string, string>> = {
  'IGUserForIGOnlyAPI media': 'IGMediaForIGOnlyAPI',
  'IGUserForIGOnlyAPI stories': 'IGMediaForIGOnlyAPI',
  'IGMediaForIGOnlyAPI comments': 'IGComment',
  'Page instagram_business_account': 'IGUser',
  'Page connected_instagram_account': 'IGUser',
  'AdVideo status': 'VideoStatus',
};

/** The SDK writes this edge without its underscore, in one of the two places; every page of the documentation has it. */
const WRITTEN_OTHERWISE: Readonly<Record<string, string>> = { 'IGUserForIGOnlyAPI media_publish': 'mediapublish' };

/** Compares what was asked and answered with Meta's own description. */
export class Checker {
  /** What contradicts the description. */
  readonly problems = new Set<string>();
  /** What the description says nothing about. */
  readonly unchecked = new Set<string>();
  /** How many requests were found in the description. */
  checked = 0;
  private readonly kinds = new Map<string, string>();

  /** @param me the kind of `me`, by the name of the endpoint */
  constructor(
    private readonly official: Official,
    private readonly me: Readonly<Record<string, string>>,
  ) {}

  know(id: string, kind: string): void {
    this.kinds.set(id, kind);
  }

  check(heard: Heard): void {
    const [version = '', node = '', edge] = heard.path;
    if (!/^v\d+\.0$/.test(version) || !(heard.host in this.me) || NOT_OBJECTS.has(node)) return this.leave(heard);
    const kind = node === 'me' ? this.me[heard.host] : this.kinds.get(node);
    if (kind === undefined) return void this.problems.add(`${heard.method} of ${node}, an object of no known kind`);
    if (edge === undefined) this.checkObject(heard, kind);
    else this.checkEdge(heard, kind, edge);
  }

  private checkObject(heard: Heard, kind: string): void {
    const { method, parameters, answer } = heard;
    if (!this.official.takes(kind, method)) return void this.unchecked.add(`${method} of ${kind}`);
    this.checked += 1;
    this.checkParameters(heard, kind, '');
    this.checkFields(kind, parameters['fields']);
    if (method === 'GET' && answer !== undefined) this.checkAnswer(kind, answer, parameters['fields'] !== undefined);
  }

  private checkEdge(heard: Heard, kind: string, name: string): void {
    const { method, parameters, answer } = heard;
    const found = this.official.edge(kind, method, WRITTEN_OTHERWISE[`${kind} ${name}`] ?? name);
    if (!found) return void this.unchecked.add(`${method} ${kind}/${name}`);
    this.checked += 1;
    this.checkParameters(heard, kind, name);
    const target = this.targetOf(kind, name);
    if (method === 'GET' && target !== undefined) {
      this.checkFields(target, parameters['fields']);
      const list = isJsonObject(answer) && Array.isArray(answer['data']) ? answer['data'] : [];
      for (const object of list) this.checkAnswer(target, object, parameters['fields'] !== undefined);
    }
    if (method === 'POST' && isJsonObject(answer)) this.keepMade(`${kind} ${name}`, answer);
  }

  private keepMade(call: string, answer: JsonObject): void {
    for (const [field, kind] of Object.entries(MADE[call] ?? {})) {
      const id = answer[field];
      if (typeof id === 'string') this.know(id, kind);
    }
  }

  private checkParameters({ method, parameters }: Heard, kind: string, edge: string): void {
    const known = this.official.parameters(kind, method, edge);
    for (const given of Object.keys(parameters)) {
      const name = given.replace(/\[\d*\]$/, '');
      if (EVERYWHERE.has(name) || known.has(name)) continue;
      this.unchecked.add(`${method} ${kind}${edge && `/${edge}`}: parameter ${name}`);
    }
  }

  private checkFields(kind: string, asked: string | undefined): void {
    for (const { name, inner } of parseFields(asked ?? '')) {
      if (!this.isKnown(kind, name)) this.unchecked.add(`GET ${kind}: field ${name}`);
      const target = this.targetOf(kind, name);
      if (inner === undefined) continue;
      if (target === undefined) this.unchecked.add(`GET ${kind}: fields of ${name}`);
      else this.checkFields(target, inner);
    }
  }

  /** The practice network answers with nothing that the real one has not. @param isAsked fields were named */
  private checkAnswer(kind: string, answer: Json, isAsked: boolean): void {
    if (!isJsonObject(answer)) return void this.problems.add(`${kind} is answered with ${JSON.stringify(answer)}`);
    const id = answer['id'];
    if (typeof id === 'string' && !this.kinds.has(id)) this.know(id, kind);
    for (const [name, value] of Object.entries(answer)) {
      if (!this.isKnown(kind, name))
        this.unchecked.add(isAsked ? `GET ${kind}: field ${name}` : `answer of ${kind}: ${name}`);
      const target = this.targetOf(kind, name);
      if (target === undefined) continue;
      const inner = isJsonObject(value) && Array.isArray(value['data']) ? value['data'] : [value];
      for (const object of inner) if (isJsonObject(object)) this.checkAnswer(target, object, true);
    }
  }

  /** Which kind of objects stand behind a field or an edge; undefined where the description has no name for it. */
  private targetOf(kind: string, name: string): string | undefined {
    const target = LEADS[`${kind} ${name}`] ?? this.official.edge(kind, 'GET', name)?.target;
    return target === 'AbstractObject' ? undefined : target;
  }

  private isKnown(kind: string, field: string): boolean {
    return this.official.fields(kind)?.has(field) === true || this.official.edge(kind, 'GET', field) !== undefined;
  }

  private leave({ method, host, path }: Heard): void {
    const words = path
      .map((part) => (/^\d{6,}$/.test(part) ? '{id}' : part))
      .map((part) => (/^v\d+\.0$/.test(part) ? '{version}' : part));
    this.unchecked.add(`${method} ${[host, ...words].join('/')}`);
  }
}

/** `id,from{name},comments.limit(2){id}` by its names, with what stands in braces behind them. */
function parseFields(text: string): { name: string; inner?: string }[] {
  const fields: { name: string; inner?: string }[] = [];
  for (let at = 0; at < text.length;) {
    const name = /^[a-z_]+/.exec(text.slice(at))?.[0] ?? '';
    at += name.length;
    at += /^(?:\.\w+\([^)]*\))*/.exec(text.slice(at))?.[0].length ?? 0;
    const inner = text[at] === '{' ? bracedAt(text, at) : undefined;
    if (name !== '') fields.push(inner === undefined ? { name } : { name, inner });
    at += (inner === undefined ? 0 : inner.length + 2) + 1;
  }
  return fields;
}

function bracedAt(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return text.slice(from + 1, at);
  }
  throw new Error(`The braces of "${text}" do not close.`);
}
