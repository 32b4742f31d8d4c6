import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { parseJson } from '#platforms/core';
import { bodyOf, mediaTypeOf } from '../openapi/bodies.js';
import { type Schema } from '../openapi/description.js';
import { type Exchange } from '../openapi/ear.js';
import { type Finding } from '../openapi/official.js';
import { type ApiDescription, type Method, readApi } from './described.js';

/** Where .ci/run installs Google's packages. */
const FOLDER = join(import.meta.dirname, '../google-apis/node_modules/@googleapis');

/** Whether they are installed. */
export const isInstalled = existsSync(FOLDER);
if (!isInstalled) process.stderr.write('Left out: Google’s packages are not installed in test/real/google-apis.\n');

/** Google's pages have another address for the same API: https://developers.google.com/youtube/v3/docs/videos/insert */
const SAME: Readonly<Record<string, string>> = { 'https://youtube.googleapis.com': 'https://www.googleapis.com' };

const SILENT_REFUSALS = 'what refusals say';
const SILENT_FILE = 'the bytes of the file, and how they are sent in parts';

/** What one of Google's packages says about single requests and answers. */
export class GoogleOfficial {
  private readonly api: ApiDescription;
  private readonly ajv = new Ajv({ strict: false, allErrors: true });

  /** @param name `youtube` of `@googleapis/youtube` */
  constructor(
    private readonly name: string,
    version: string,
  ) {
    this.api = readApi(join(FOLDER, name), version);
    this.ajv.addSchema({ $id: name, $defs: this.api.schemas });
  }

  get methods(): number {
    return this.api.methods.length;
  }

  /** @param url of the request, at Google itself */
  check(url: string, exchange: Exchange): Finding {
    const { origin, pathname, searchParams } = new URL(url);
    const found = this.find(exchange.method, origin + pathname) ?? this.findUpload(exchange, origin + pathname);
    if (!found) return { operation: undefined, problems: [], silent: [] };
    const { method, operation } = found;
    const isPart = exchange.method === 'PUT' && method.verb !== 'PUT';
    const asked = isPart ? { problems: [], silent: [SILENT_FILE] } : this.request(method, searchParams, exchange);
    const said = this.answer(method, exchange);
    return {
      operation,
      problems: [...asked.problems, ...said.problems].map(
        (problem) => `${operation} ${exchange.answer.status}: ${problem}`,
      ),
      silent: [...asked.silent, ...said.silent],
    };
  }

  private find(verb: string, address: string): { method: Method; operation: string } | undefined {
    const method = this.api.methods.find((one) => one.verb === verb && matches(one.url, address));
    return (
      method && {
        method,
        operation: `${verb} ${new URL(method.url).pathname.replaceAll('%7B', '{').replaceAll('%7D', '}')}`,
      }
    );
  }

  /** With a file, and the parts of one, which go where the first answer said. */
  private findUpload({ method: verb }: Exchange, address: string) {
    const method = this.api.methods.find(
      ({ uploadUrl, verb: own }) =>
        uploadUrl !== undefined && (verb === own || verb === 'PUT') && matches(uploadUrl, address),
    );
    return method?.uploadUrl === undefined
      ? undefined
      : { method, operation: `${verb} ${new URL(method.uploadUrl).pathname}` };
  }

  private request(method: Method, query: URLSearchParams, exchange: Exchange) {
    const problems = [...query.keys()]
      .filter((name) => method.parameters[name] === undefined || method.inPath.includes(name))
      .map((name) => `the parameter "${name}" is not described`);
    for (const name of method.required) {
      if (!method.inPath.includes(name) && !query.get(name)) problems.push(`the parameter "${name}" is missing`);
    }
    for (const [name, value] of query) {
      if (!isOfType(value, method.parameters[name])) problems.push(`the parameter "${name}" is "${value}"`);
    }
    if (exchange.body.length === 0) {
      if (method.body !== undefined && method.uploadUrl === undefined) problems.push('the body is missing');
      return { problems, silent: [] };
    }
    if (mediaTypeOf(exchange.headers) !== 'application/json') {
      return method.uploadUrl === undefined
        ? { problems: [...problems, 'the body is no JSON'], silent: [] }
        : { problems, silent: [SILENT_FILE] };
    }
    if (method.body === undefined) return { problems: [...problems, 'a body is not described'], silent: [] };
    return { problems: [...problems, ...this.misfits(method.body, bodyOf(exchange), 'the request')], silent: [] };
  }

  private answer(method: Method, { answer }: Exchange): Omit<Finding, 'operation'> {
    const { status, body } = answer;
    if (status >= 400) return { problems: [], silent: body.length === 0 ? [] : [SILENT_REFUSALS] };
    // https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol: nothing is said before the file is there.
    const isUnderWay = method.uploadUrl !== undefined && body.length === 0;
    if (isUnderWay || method.answer === undefined) {
      const isEmpty = body.length === 0;
      return { problems: isEmpty ? [] : ['the answer has a body, and none is described'], silent: [] };
    }
    if (mediaTypeOf(answer.headers) !== 'application/json') return { problems: ['the answer is no JSON'], silent: [] };
    return { problems: this.misfits(method.answer, parseJson(body.toString('utf8')), 'the answer'), silent: [] };
  }

  private misfits(schema: string, value: unknown, what: string): string[] {
    const fits = this.validator(schema);
    if (fits(value)) return [];
    return (fits.errors ?? []).map(({ instancePath, message, params }) => {
      const field: unknown = params['additionalProperty'];
      return typeof field === 'string'
        ? `${what}'s ${instancePath}/${field} is not described`
        : `${what}${instancePath} ${message}`;
    });
  }

  private validator(schema: string): ValidateFunction {
    const known = this.ajv.getSchema(`${this.name}#/$defs/${schema}`);
    if (!known) throw new Error(`${this.name} describes no "${schema}".`);
    return known;
  }
}

function matches(template: string, address: string): boolean {
  const origin = new URL(template).origin;
  const places = [template, template.replace(origin, SAME[origin] ?? origin)];
  return places.some((place) => {
    const words = place
      .split(/(\{\+?\w+\})/)
      .map((part) =>
        part.startsWith('{+') ? '[^/]+/.+' : part.startsWith('{') ? '[^/]+' : part.replace(/[.$:]/g, '\\$&'),
      );
    return new RegExp(`^${words.join('')}$`).test(address);
  });
}

/** A text of a query, as what it is meant to be. Lists are separated by commas. */
function isOfType(value: string, schema: Schema | undefined): boolean {
  switch (schema?.type) {
    case 'number':
      return /^\d+$/.test(value);
    case 'boolean':
      return ['true', 'false'].includes(value);
    default:
      return true;
  }
}
