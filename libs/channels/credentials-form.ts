import { BlockedAddressError, type Config, type FieldError, Problem } from '#kernel';
import {
  type Failure,
  type FailureKind,
  genericFailure,
  type PlatformAdapter,
  type PlatformManifest,
} from '#platforms/core';

const MAX_CREDENTIAL_LENGTH = 4_096;

/** Checks what was entered against the manifest's form. Throws every broken rule at once. */
export function readCredentials(
  manifest: PlatformManifest,
  entered: Readonly<Record<string, string>>,
): Record<string, string> {
  const fields = manifest.connect.type === 'credentials' ? manifest.connect.fields : [];
  const errors: FieldError[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(entered)) {
    if (fields.some((field) => field.name === name)) continue;
    errors.push({
      field: `credentials/${name}`,
      rule: 'unknown-field',
      message: `${manifest.name} has no credential called "${name}".`,
      remedy: `Use: ${fields.map((field) => field.name).join(', ')}.`,
    });
  }
  for (const field of fields) {
    const value = (entered[field.name] ?? String(field.default ?? '')).trim();
    const error = checkField(field, value);
    if (error) errors.push({ ...error, field: `credentials/${field.name}` });
    if (value !== '') values[field.name] = value;
  }
  if (errors.length > 0) throw Problem.validation(errors);
  return values;
}

type Field = Extract<PlatformManifest['connect'], { type: 'credentials' }>['fields'][number];

function checkField(field: Field, value: string): Omit<FieldError, 'field'> | undefined {
  if (value === '') {
    if (!field.required) return undefined;
    return { rule: 'required', message: `${field.label} is missing.`, remedy: field.help ?? `Enter ${field.label}.` };
  }
  if (value.length > (field.maxLength ?? MAX_CREDENTIAL_LENGTH)) {
    return { rule: 'too-long', message: `${field.label} is too long.`, remedy: 'Check what was pasted.' };
  }
  if (field.type === 'url' && !(URL.canParse(value) && /^https?:$/.test(new URL(value).protocol))) {
    return {
      rule: 'url',
      message: `${field.label} is not a web address.`,
      remedy: `Enter an address like ${field.placeholder ?? 'https://example.com'}.`,
    };
  }
  return undefined;
}

/** The manifest's practice credentials with the sandbox's address filled in. */
export function practiceValues(manifest: PlatformManifest, sandbox: Config['sandbox']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(manifest.practiceCredentials).map(([name, value]) => [
      name,
      value.replaceAll('{sandbox}', sandbox.url),
    ]),
  );
}

/** What a person is told when connecting did not work: which field, why, and what to do. */
export function connectFailure(error: unknown, adapter: PlatformAdapter): Problem {
  if (error instanceof Problem) return error;
  const { manifest } = adapter;
  const fields = manifest.connect.type === 'credentials' ? manifest.connect.fields : [];
  const address = fields.find((field) => field.type === 'url')?.name;
  const secret = fields.find((field) => field.type === 'secret')?.name;
  const blocked = findCause(error, BlockedAddressError);
  if (blocked) {
    const field = `credentials/${address ?? 'url'}`;
    const remedy = 'Use an address on the public internet; an operator may allow a private network by OUTBOUND_ALLOW.';
    const errors = [{ field, rule: 'private-address', message: blocked.message, remedy }];
    return new Problem('connection-refused', blocked.message, { errors, cause: error });
  }
  const failure = whileConnecting(adapter.classify(error, new Date()), manifest);
  const name = /^(auth|permission)$/.test(failure.kind) ? (secret ?? address) : (address ?? secret);
  const field = name === undefined ? 'platform' : `credentials/${name}`;
  const errors = [{ field, rule: failure.kind, message: failure.message, remedy: failure.remedy }];
  return new Problem('connection-refused', failure.message, { errors, extra: { failure }, cause: error });
}

/** What to do where the adapter has no advice of its own: the general one is about posts, which are tried again by themselves. */
const REMEDIES: Partial<Record<FailureKind, string>> = {
  auth: 'Check what was entered, and connect again.',
  content: 'Check what was entered, and connect again.',
  'rate-limit': 'Wait a few minutes, then connect again.',
  unavailable: 'Check the address, and connect again in a moment.',
  unknown: 'Check the address, and connect again.',
};

function whileConnecting(failure: Failure, manifest: PlatformManifest): Failure {
  const remedy = REMEDIES[failure.kind];
  const isGeneral = failure.remedy === genericFailure(failure.kind, manifest.name).remedy;
  return remedy !== undefined && isGeneral ? { ...failure, remedy } : failure;
}

function findCause<T extends Error>(error: unknown, type: new (...args: never[]) => T): T | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof type) return current;
  }
  return undefined;
}
