import { endShared } from './shared.js';

// For each test file, see https://jestjs.io/docs/configuration#setupfilesafterenv-array: this comes after the hooks of its specs.
afterAll(endShared);
