import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';

/** What asks shares the processors with what answers, so it is Node's plain client, which costs half of what `fetch` does. */
const agent = new Agent({ keepAlive: true });

/** What a request came to. */
export interface Answer {
  body: unknown;
  /** The cookies that it set, without their attributes. */
  cookie: string[];
}

/** Somebody who has signed up, with an API key. */
export interface Customer {
  headers: Record<string, string>;
  /** The address of their workspace. */
  workspace: string;
}

/** Sends a body, or asks for an answer where there is none. Throws unless the answer's status is from 200 to 299. */
export async function request(
  method: 'GET' | 'POST',
  url: string,
  headers: Record<string, string>,
  body?: object,
): Promise<Answer> {
  const options = { method, headers: { ...headers, ...(body && { 'content-type': 'application/json' }) }, agent };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(url, options, resolve)
      .on('error', reject)
      .end(body && JSON.stringify(body));
  });
  const answer = await text(response);
  const { statusCode = 0 } = response;
  if (statusCode < 200 || statusCode > 299) {
    throw new Error(`${method} ${url} was answered with ${statusCode}: ${answer}`);
  }
  const cookie = (response.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '');
  return { body: answer === '' ? undefined : JSON.parse(answer), cookie };
}

/** Signs up at an installation's address. */
export async function signUp(url: string): Promise<Customer> {
  const person = {
    email: 'bench@example.com',
    password: 'correct horse battery',
    name: 'Bench',
    organization: 'Bench',
  };
  const signedUp = await request('POST', `${url}/v1/auth/signup`, {}, person);
  const cookie = signedUp.cookie.join('; ');
  const made = await request('POST', `${url}/v1/api-keys`, { cookie }, { name: 'bench' });
  const { id } = (signedUp.body as { workspace: { id: string } }).workspace;
  const { key } = made.body as { key: string };
  return { headers: { authorization: `Bearer ${key}` }, workspace: `${url}/v1/workspaces/${id}` };
}
