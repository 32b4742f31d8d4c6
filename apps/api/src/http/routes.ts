import { type Application, type Request } from 'express';

/** A method and the path pattern as it was registered (`/v1/workspaces/:id`). */
export interface RegisteredRoute {
  methods: string[];
  path: string;
}

/** What Express 5 keeps of a route; its types still describe Express 4. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  match(path: string): boolean;
}

/** Every route of the application. */
export function registeredRoutes(app: Application): RegisteredRoute[] {
  return layers(app).flatMap(({ route }) => (route ? [{ path: route.path, methods: methodsOf(route) }] : []));
}

/** The methods that the address of a request knows; none where there is no such address. */
export function allowedMethods(request: Request): string[] {
  const found = layers(request.app).filter((layer) => layer.route && layer.match(request.path));
  return [...new Set(found.flatMap(({ route }) => (route ? methodsOf(route) : [])))].sort();
}

function layers(app: Application): Layer[] {
  return app.router.stack as unknown as Layer[];
}

function methodsOf(route: { methods: Record<string, boolean> }): string[] {
  return Object.keys(route.methods).map((method) => method.toUpperCase());
}
