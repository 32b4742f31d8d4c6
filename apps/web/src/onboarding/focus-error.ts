import { type UseFormReturnType } from '@mantine/form';

/** Puts the focus on the first field that has an error, in the order in which the form shows its fields. */
export function focusFirstError<T extends Record<string, unknown>>(
  form: UseFormReturnType<T>,
  errors: Readonly<Record<string, unknown>>,
): void {
  const first = Object.keys(form.getValues()).find((field) => errors[field]);
  if (first) form.getInputNode(first)?.focus();
}
