import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { type Schema } from '../openapi/description.js';

/** One request that can be made, as Google's own client makes it. */
export interface Method {
  verb: string;
  /** `https://youtube.googleapis.com/youtube/v3/videos`; `{+name}` stands for several words of a path. */
  url: string;
  /** Where the same is asked together with a file. */
  uploadUrl?: string;
  required: readonly string[];
  inPath: readonly string[];
  /** Everything that can be said in the query or path, with its type. */
  parameters: Readonly<Record<string, Schema>>;
  /** Names of what is sent and answered; left out where there is none. */
  body?: string;
  answer?: string;
}

/** What one package of Google's says about its API. */
export interface ApiDescription {
  methods: readonly Method[];
  /** By the names of bodies and answers. Nothing may be there that they do not name. */
  schemas: Readonly<Record<string, Schema>>;
}

/** What every method takes, or only another client would use. */
const COMMON = 'StandardParameters';

/**
 * Reads what methods there are and how they are asked from the code of a package, and what is said and answered from its types.
 * Both are made by Google from its discovery documents: https://github.com/googleapis/google-api-nodejs-client
 * @param folder the package's
 */
export function readApi(folder: string, version: string): ApiDescription {
  const code = parse(join(folder, `build/${version}.js`));
  const types = parse(join(folder, `build/${version}.d.ts`));
  const interfaces = new Map(all(types, ts.isInterfaceDeclaration).map((found) => [found.name.text, found]));
  const signatures = signaturesOf(types);
  const common = propertiesOf(interfaces.get(COMMON));
  const methods = all(code, ts.isClassDeclaration).flatMap((owner) =>
    owner.members.filter(ts.isMethodDeclaration).flatMap((method) => {
      const name = `${owner.name?.text}.${method.name.getText()}`;
      const request = requestOf(method);
      const signature = signatures.get(name);
      if (!request || !signature) return [];
      const own = propertiesOf(interfaces.get(signature.parameters));
      const { requestBody, media: _, ...parameters } = { ...common, ...own };
      const body = requestBody?.$ref?.split('/').at(-1);
      const { answer } = signature;
      return [{ ...request, parameters, ...(body !== undefined && { body }), ...(answer !== undefined && { answer }) }];
    }),
  );
  const schemas = [...interfaces].flatMap(([name, found]) =>
    name.startsWith(SCHEMA) ? [[name.slice(SCHEMA.length), objectOf(found.members)] as const] : [],
  );
  return { methods, schemas: Object.fromEntries(schemas) };
}

const SCHEMA = 'Schema$';

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** Everything of one kind in a tree. */
function all<T extends ts.Node>(tree: ts.Node, is: (node: ts.Node) => node is T): T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** What the code of a method puts together before it asks. */
function requestOf(
  method: ts.MethodDeclaration,
): Pick<Method, 'verb' | 'url' | 'uploadUrl' | 'required' | 'inPath'> | undefined {
  const said = new Map(
    all(method, ts.isPropertyAssignment).map(({ name, initializer }) => [name.getText(), initializer]),
  );
  const root = all(method, ts.isVariableDeclaration).find(({ name }) => name.getText() === 'rootUrl');
  const [origin] = root ? textsIn(root) : [];
  const [path] = textsIn(said.get('url'));
  const [verb] = textsIn(said.get('method'));
  const [uploadPath] = textsIn(said.get('mediaUrl'));
  if (origin === undefined || path === undefined || verb === undefined) return undefined;
  const address = (below: string) => origin.replace(/\/$/, '') + below;
  return {
    verb,
    url: address(path),
    ...(uploadPath !== undefined && { uploadUrl: address(uploadPath) }),
    required: textsIn(said.get('requiredParams')),
    inPath: textsIn(said.get('pathParams')),
  };
}

function textsIn(node: ts.Node | undefined): string[] {
  return node ? all(node, ts.isStringLiteral).map(({ text }) => text) : [];
}

/** Which types a method takes and answers, by `Resource$Videos.insert`. */
function signaturesOf(types: ts.SourceFile): Map<string, { parameters: string; answer?: string }> {
  const found = new Map<string, { parameters: string; answer?: string }>();
  for (const owner of all(types, ts.isClassDeclaration)) {
    for (const method of owner.members.filter(ts.isMethodDeclaration)) {
      const parameters = method.parameters[0]?.type?.getText() ?? '';
      const answer = /^Promise<GaxiosResponseWithHTTP2<(\S+)>>$/.exec(method.type?.getText() ?? '')?.[1];
      // Of the ways to call it, the one that reads the whole answer.
      if (!parameters.startsWith('Params$') || answer === undefined || answer === 'Readable') continue;
      const isNamed = answer.startsWith(SCHEMA);
      found.set(`${owner.name?.text}.${method.name.getText()}`, {
        parameters,
        ...(isNamed && { answer: answer.slice(SCHEMA.length) }),
      });
    }
  }
  return found;
}

function propertiesOf(found: ts.InterfaceDeclaration | undefined): Record<string, Schema> {
  return found ? (objectOf(found.members).properties ?? {}) : {};
}

function objectOf(members: ts.NodeArray<ts.TypeElement>): Schema {
  const index = members.find(ts.isIndexSignatureDeclaration);
  if (index) return { type: 'object', additionalProperties: schemaOf(index.type) };
  const properties = members.filter(ts.isPropertySignature).map(({ name, type }) => {
    const key = ts.isStringLiteral(name) ? name.text : name.getText();
    return [key, type ? schemaOf(type) : {}] as const;
  });
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}

/** `null` is left out: Google's clients take it for everything, and neither side here has a reason to say it. */
function schemaOf(type: ts.TypeNode): Schema {
  if (ts.isUnionTypeNode(type)) {
    const kinds = type.types.filter((part) => part.getText() !== 'null').map(schemaOf);
    return kinds.length === 1 && kinds[0] ? kinds[0] : { anyOf: kinds };
  }
  if (ts.isArrayTypeNode(type)) return { type: 'array', items: schemaOf(type.elementType) };
  if (ts.isTypeLiteralNode(type)) return objectOf(type.members);
  const words = type.getText();
  if (words.startsWith(SCHEMA)) return { $ref: `#/$defs/${words.slice(SCHEMA.length)}` };
  if (['string', 'number', 'boolean'].includes(words)) return { type: words };
  // What the types leave open (`any`), and what belongs to Google's client alone.
  return {};
}
