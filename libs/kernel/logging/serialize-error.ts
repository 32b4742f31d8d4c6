import { types } from 'node:util';

const MAX_CAUSES = 5;

/**
 * An error for the log. Own properties are left out on purpose: errors of libraries carry requests with their headers,
 * and errors of databases the values of the row.
 */
export function serializeError(error: unknown, depth = 0): unknown {
  if (!types.isNativeError(error) && !(error instanceof Error))
    return typeof error === 'string' ? error : 'not an error';
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' && { code }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && depth < MAX_CAUSES && { cause: serializeError(error.cause, depth + 1) }),
  };
}
