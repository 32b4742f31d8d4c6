import { facebookLogin } from '#platforms/meta';
import { graph } from './graph.js';
import { REQUIRED_SCOPES, SCOPES } from './scopes.js';

/** Sign-in through Facebook Login. */
export const oauth = facebookLogin({ name: 'Facebook', scopes: SCOPES, requiredScopes: REQUIRED_SCOPES, graph });
