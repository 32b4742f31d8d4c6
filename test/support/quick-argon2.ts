/**
 * Passwords as ClickPost hashes them, only that a hash costs a fraction: integration specs sign up hundreds of people, and two
 * fifths of their time went into making that costly. What a hash costs is held by libs/accounts/passwords.spec.ts.
 */
import { createRequire } from 'node:module';
import type * as HashWasm from 'hash-wasm';

// By its file: Jest leads the name of the package here.
const real = createRequire(import.meta.url)('hash-wasm/dist/index.umd.js') as typeof HashWasm;

/** As little as the algorithm allows. */
const QUICK = { memorySize: 8, iterations: 1 };

/** The same function with less memory and one pass. */
export const argon2id: typeof real.argon2id = (options) => real.argon2id({ ...options, ...QUICK });

export const { argon2Verify } = real;
