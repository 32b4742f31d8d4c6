import { ValidationPipe } from '@nestjs/common';
import { type ValidationError } from 'class-validator';
import { type FieldError, Problem } from '#kernel';
import { REMEDIES } from './remedies.js';

/** Checks every body and query against its class: unknown fields are refused, all broken rules told at once. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: false, value: true },
    exceptionFactory: (errors) => Problem.validation(errors.flatMap((error) => fieldErrors(error, ''))),
  });
}

function fieldErrors(error: ValidationError, above: string): FieldError[] {
  const field = above + error.property;
  return [...ownErrors(error, field), ...(error.children ?? []).flatMap((child) => fieldErrors(child, `${field}/`))];
}

function ownErrors({ constraints = {}, value }: ValidationError, field: string): FieldError[] {
  const broken = Object.entries(constraints);
  // A field that is not there breaks all of its rules, but only this one helps.
  if (broken.length > 0 && value === undefined && !('whitelistValidation' in constraints)) {
    return [{ field, rule: 'isDefined', message: `${field} is missing.`, remedy: 'Send this field.' }];
  }
  return broken.map(([rule, message]) => ({ field, rule, message, remedy: REMEDIES[rule] ?? message }));
}
