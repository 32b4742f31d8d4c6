import { applyDecorators, type Type as Class } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, buildMessage, IsArray, IsObject, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';

/** The field may be left out. Unlike class-validator's `IsOptional`, null is not taken for that. */
export function Omittable(): PropertyDecorator {
  return ValidateIf((_, value: unknown) => value !== undefined);
}

/** Ids compare by their text, and a UUID may be written in capitals. For one id, or a list of them. */
export function LowerCase(): PropertyDecorator {
  const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);
  return Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(lower) : lower(value)));
}

/** An object that keeps the rules of its own class. */
export function IsNested(type: () => Class): PropertyDecorator {
  return applyDecorators(IsObject(), ValidateNested(), Type(type));
}

/** A list of at most `max` objects, each of which keeps the rules of its own class. */
export function IsNestedList(type: () => Class, max: number): PropertyDecorator {
  const each = { each: true };
  return applyDecorators(IsArray(), ArrayMaxSize(max), IsObject(each), ValidateNested(each), Type(type));
}

const MAX_JSON_LENGTH = 16_384;
const MAX_JSON_DEPTH = 5;

/** A JSON object of at most 16,384 characters and five levels. */
export function IsSmallJsonObject(): PropertyDecorator {
  return ValidateBy({
    name: 'isSmallJsonObject',
    validator: {
      validate: (value: unknown) =>
        isPlainObject(value) && depthOf(value) <= MAX_JSON_DEPTH && JSON.stringify(value).length <= MAX_JSON_LENGTH,
      defaultMessage: buildMessage(
        (each) =>
          `${each}$property must be a JSON object of at most ${MAX_JSON_LENGTH} characters and ${MAX_JSON_DEPTH} levels`,
      ),
    },
  });
}

/** An object whose values are all texts, each of at most `maxLength` characters. */
export function IsTextRecord(maxLength: number): PropertyDecorator {
  return ValidateBy({
    name: 'isTextRecord',
    validator: {
      validate: (value: unknown) =>
        isPlainObject(value) &&
        Object.values(value).every((text) => typeof text === 'string' && text.length <= maxLength),
      defaultMessage: () => `$property must be an object of texts, each of at most ${maxLength} characters`,
    },
  });
}

/** Whether a value is an object as JSON means it: no list, no null. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Levels of nesting; stops counting where it is too deep anyway. */
function depthOf(value: unknown, level = 1): number {
  if (typeof value !== 'object' || value === null) return level - 1;
  if (level > MAX_JSON_DEPTH) return level;
  return Math.max(level, ...Object.values(value).map((inner) => depthOf(inner, level + 1)));
}
