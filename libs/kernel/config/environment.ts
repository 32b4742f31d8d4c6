import ipaddr from 'ipaddr.js';
import { type Variable, type VariableName, VARIABLES } from './variables.js';

/** A setting is wrong. The message is a sentence for the operator; it never repeats a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(
    /** The environment variable. */
    readonly variable: string,
    problem: string,
    example: string,
  ) {
    super(`${variable} ${problem}. Example: ${example}`);
  }
}

/** Reads variables by name and parses them; every complaint carries the example of the table. */
export class Environment {
  constructor(private readonly env: NodeJS.ProcessEnv) {}

  /** The given text or the table's default. An empty variable counts as absent, as in `docker compose`. */
  text(name: VariableName): string | undefined {
    const variable: Variable = VARIABLES[name];
    return this.env[name]?.trim() || variable.value;
  }

  /** An error about this variable. `problem` continues the sentence after its name. */
  wrong(name: VariableName, problem: string): ConfigError {
    return new ConfigError(name, problem, `${name}=${VARIABLES[name].example}`);
  }

  required(name: VariableName, why: string): string {
    const text = this.text(name);
    if (text === undefined) throw this.wrong(name, `is missing: ${why}`);
    return text;
  }

  choice<const T extends string>(name: VariableName, choices: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw this.wrong(name, `is "${text}", but must be one of ${choices.join(', ')}`);
    return found;
  }

  flag(name: VariableName): boolean | undefined {
    const text = this.choice(name, ['on', 'off']);
    return text === undefined ? undefined : text === 'on';
  }

  integer(name: VariableName, min: number, max: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw this.wrong(name, `is "${text}", but must be a whole number from ${min} to ${max}`);
    }
    return value;
  }

  list(name: VariableName): string[] {
    return (this.text(name) ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }

  /** A URL of one of the schemes, without its trailing slash. It may hold a password, so it is never repeated. */
  url(name: VariableName, schemes: readonly string[]): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!URL.canParse(text) || !schemes.includes(new URL(text).protocol.slice(0, -1))) {
      throw this.wrong(name, `is not an address that begins with ${schemes.map((s) => `${s}://`).join(' or ')}`);
    }
    return text.replace(/\/+$/, '');
  }

  /** A web address without query, fragment and user name. */
  webUrl(name: VariableName): string | undefined {
    const text = this.url(name, ['http', 'https']);
    if (text === undefined) return undefined;
    const url = new URL(text);
    if (url.search || url.hash || url.username || url.password) {
      throw this.wrong(name, 'must be a plain address without user name, "?" and "#"');
    }
    return text;
  }

  /** CIDR blocks; a single address is a block of its own. */
  networks(name: VariableName): string[] {
    return this.list(name).map((text) => {
      const cidr = text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`;
      if (!isCidr(cidr)) throw this.wrong(name, `contains "${text}", which is not a CIDR block`);
      return cidr;
    });
  }
}

/** Four-part IPv4 only: `10.1/16` and `0x0a.0.0.0/8` mean different things to different readers. */
function isCidr(text: string): boolean {
  if (ipaddr.IPv6.isValidCIDR(text)) return true;
  return ipaddr.IPv4.isValidCIDR(text) && /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(text);
}
