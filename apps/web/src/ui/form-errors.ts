import { type UseFormReturnType } from '@mantine/form';
import { formErrorsOf } from '../api/problem.js';

/** Puts the focus on the first field that has an error, in the order in which the form shows its fields. */
export function focusFirstError<T extends Record<string, unknown>>(
  form: UseFormReturnType<T>,
  errors: Readonly<Record<string, unknown>>,
): void {
  const first = Object.keys(form.getValues()).find((field) => errors[field]);
  if (first) form.getInputNode(first)?.focus();
}

/** Shows what the API has against a form at its fields, and leads to the first of them. */
export function showRefusal<T extends Record<string, unknown>>(form: UseFormReturnType<T>, error: unknown): void {
  const errors = formErrorsOf(error);
  form.setErrors(errors);
  focusFirstError(form, errors);
}
