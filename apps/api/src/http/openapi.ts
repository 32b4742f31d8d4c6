import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type Action, PERMISSIONS } from '#accounts';
import { describeProblems } from '#kernel';
import { inlineStyles } from './security.js';

/** The name of the session cookie. */
export const SESSION_COOKIE = 'clickpost.sid';

/** The API described in OpenAPI 3.1. An operation's id is its method's name, so those are unique across controllers. */
export function openApiDocument(app: NestExpressApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('ClickPost')
    .setDescription('Write a post once, publish it on every network on time, and know what happened.')
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie', description: 'A browser that is signed in.' })
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'API key', description: 'From POST /v1/api-keys.' })
    .addSecurityRequirements('cookie')
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (_controller, method) => method,
  });
  return withProblems(document);
}

/** Serves the description at `/v1/openapi.json` and, for people, at `/docs`. All of it comes from this server. */
export function serveDocumentation(app: NestExpressApplication, https: boolean): void {
  app.use('/docs', inlineStyles(https));
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'v1/openapi.json',
    raw: ['json'],
    customSiteTitle: 'ClickPost API',
    swaggerOptions: { persistAuthorization: false },
  });
}

const PROBLEM = '#/components/schemas/Problem';

/** Any operation may answer with a problem, and says who may call it. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problemSchema() },
    responses: {
      Problem: {
        description: 'What went wrong, and what to do about it (RFC 9457).',
        content: { 'application/problem+json': { schema: { $ref: PROBLEM } } },
      },
    },
  };
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.head, path.options, path.post, path.put, path.patch, path.delete]) {
      if (!operation) continue;
      operation.responses['default'] = { $ref: '#/components/responses/Problem' };
      const { 'x-permission': action } = operation as { 'x-permission'?: Action };
      if (action) operation.description = `${operation.description ?? ''}\n\n${whoMay(action)}`.trim();
    }
  }
  return document;
}

/** From the table of permissions, for people who read the description. */
function whoMay(action: Action): string {
  const { roles } = PERMISSIONS[action];
  return `Permission \`${action}\`: ${roles.join(', ')}.`;
}

function problemSchema() {
  const text = { type: 'string' };
  const fieldError = {
    type: 'object',
    required: ['field', 'rule', 'message', 'remedy'],
    properties: {
      field: { ...text, examples: ['content/text'] },
      rule: text,
      message: text,
      remedy: { ...text, description: 'What to do about it.' },
      channelId: { ...text, format: 'uuid', description: 'The channel whose rule it is.' },
      docs: { ...text, format: 'uri', description: 'Where the platform says so.' },
      verifiedOn: { ...text, format: 'date', description: 'When the rule was last compared with that page.' },
    },
  };
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'detail'],
    properties: {
      type: { ...text, enum: describeProblems().map(({ type }) => type) },
      title: text,
      status: { type: 'integer' },
      detail: { ...text, description: 'What happened this time, for people.' },
      instance: text,
      errors: { type: 'array', description: 'Every field that breaks a rule.', items: fieldError },
    },
  };
}
