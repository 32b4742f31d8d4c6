import busboy from 'busboy';
import { type Request } from 'express';
import { isJsonObject, parseJson, type SandboxRequest } from '#platforms/core';

type File = SandboxRequest['files'][number];
interface Form {
  fields: [string, string][];
  files: File[];
}

/** An Express request as platforms are given it. Throws where a multipart body is torn. */
export async function toSandboxRequest(req: Request, baseUrl: string): Promise<SandboxRequest> {
  // No body at all leaves `undefined` here.
  const raw = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  const contentType = req.headers['content-type'] ?? '';
  const form = await readForm(raw, contentType);
  const json = /[/+]json\b/i.test(contentType) ? parseJson(raw.toString('utf8')) : undefined;
  return {
    method: req.method,
    path: req.path,
    params: mapValues(req.params, (value) => (Array.isArray(value) ? value.join('/') : value)),
    query: Object.fromEntries(new URL(req.url, baseUrl).searchParams),
    headers: mapValues(req.headers, (value) => (Array.isArray(value) ? value.join(', ') : (value ?? ''))),
    json: isJsonObject(json) ? json : {},
    form: Object.fromEntries(form.fields),
    formAll: (name) => form.fields.filter(([field]) => field === name).map(([, value]) => value),
    files: form.files,
    raw,
    baseUrl,
  };
}

async function readForm(raw: Buffer, contentType: string): Promise<Form> {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') {
    return { fields: [...new URLSearchParams(raw.toString('utf8'))], files: [] };
  }
  return type === 'multipart/form-data' ? readMultipart(raw, contentType) : { fields: [], files: [] };
}

function readMultipart(raw: Buffer, contentType: string): Promise<Form> {
  return new Promise((resolve, reject) => {
    const form: Form = { fields: [], files: [] };
    const parser = busboy({ headers: { 'content-type': contentType }, defParamCharset: 'utf8' });
    parser.on('field', (name, value) => form.fields.push([name, value]));
    parser.on('file', (field, stream, info) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () =>
        form.files.push({
          field,
          filename: info.filename ?? '',
          contentType: info.mimeType,
          bytes: Buffer.concat(chunks),
        }),
      );
    });
    parser.on('close', () => resolve(form));
    parser.on('error', reject);
    parser.end(raw);
  });
}

function mapValues<A, B>(record: Record<string, A>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
