import { PasswordInput, type PasswordInputProps } from '@mantine/core';

/** A field for a password or a token. The library's own does not tell screen readers that its value is refused. */
export function SecretInput(props: PasswordInputProps) {
  return <PasswordInput aria-invalid={props.error ? true : undefined} {...props} />;
}
