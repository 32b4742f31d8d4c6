import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Type as Convert } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Problem } from '#kernel';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** One page of a list. */
export interface Page<T> {
  data: T[];
  /** The `cursor` of the next page; absent on the last one. */
  next?: string;
}

/** The query of a list. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT })
  @IsOptional()
  @Convert(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  limit: number = DEFAULT_LIMIT;

  @ApiPropertyOptional({ type: 'string', description: 'The `next` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

/** What a cursor points behind: the last row's sort keys. */
export type CursorKeys = readonly (string | number)[];

/** Sort keys as opaque text. */
export function encodeCursor(keys: CursorKeys): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/**
 * @param isValid whether the keys are of the kind that this list encodes; they come from outside
 * @throws Problem 422 for anything that is no cursor of this list
 */
export function decodeCursor<K extends CursorKeys>(cursor: string, isValid: (keys: CursorKeys) => keys is K): K {
  const keys = parse(cursor);
  if (Array.isArray(keys) && keys.every(isKey) && isValid(keys)) return keys;
  throw Problem.validation([
    {
      field: 'cursor',
      rule: 'cursor',
      message: 'This is not a cursor of this list.',
      remedy: 'Send `next` of the page before, unchanged, or nothing for the first page.',
    },
  ]);
}

/**
 * Makes a page of rows that were read with `limit + 1`: the surplus row tells that there is a next page.
 * @param keysOf the sort keys of a row
 */
export function pageOf<T>(rows: readonly T[], limit: number, keysOf: (row: T) => CursorKeys): Page<T> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, ...(rows.length > limit && last !== undefined && { next: encodeCursor(keysOf(last)) }) };
}

/** Documents an answer of `Page<T>`. */
export function ApiPage(item: Type): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({
      schema: {
        type: 'object',
        required: ['data'],
        properties: {
          data: { type: 'array', items: { $ref: getSchemaPath(item) } },
          next: { type: 'string', description: 'The `cursor` of the next page; absent on the last one.' },
        },
      },
    }),
  );
}

function isKey(key: unknown): key is string | number {
  return typeof key === 'string' || typeof key === 'number';
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
  } catch {
    return undefined; // Not JSON is no cursor either: the caller says so.
  }
}
