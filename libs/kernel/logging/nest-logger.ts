import { types } from 'node:util';
import { type LoggerService } from '@nestjs/common';
import { type Logger } from 'pino';

/** Nest's own messages in our log. Nest passes the context last, and before it the stack of an error. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(
    level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ): void {
    const [text] = rest;
    if (isDetails(message) && typeof text === 'string') {
      // Pino's own order, details before the message, as our code says it.
      this.logger[level]({ ...message, context: rest.at(-1) }, text);
      return;
    }
    const context = rest.at(-1);
    const stack = rest.length > 1 ? rest[0] : undefined;
    const err = types.isNativeError(message) || message instanceof Error ? message : rest.find(types.isNativeError);
    this.logger[level](
      {
        ...(typeof context === 'string' && { context }),
        ...(typeof stack === 'string' && { stack }),
        ...(err && { err }),
      },
      typeof message === 'string' ? message : (err?.message ?? JSON.stringify(message)),
    );
  }
}

function isDetails(message: unknown): message is object {
  return typeof message === 'object' && message !== null && !(message instanceof Error);
}
