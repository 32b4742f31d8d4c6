import { register } from 'node:module';

/** Given to `node --import`: loads the modules of a broken variant of the engine, the one that CHAOS_VARIANT names. */
register('./hooks.js', import.meta.url);
