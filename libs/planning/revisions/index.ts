export { type Change } from './changes.js';
export { type Changes, ChangesService } from './changes.service.js';
