import { type CommentRights, requireDelete, requireEdit, requireResolve } from './rights.js';

const own = { author_type: 'member', author_id: 'me' } as const;
const others = { author_type: 'member', author_id: 'somebody' } as const;
/** A client whose address happens to be what a user's id is. */
const client = { author_type: 'client', author_id: 'me' } as const;

const viewer: CommentRights = { userId: 'me', writes: false, approves: false };
const writer = { ...viewer, writes: true };
const approver = { ...viewer, approves: true };

const may = (check: () => void) => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

it.each([
  ['own', own, viewer, { edit: true, remove: true, resolve: true }],
  ['another’s, by a viewer', others, viewer, { edit: false, remove: false, resolve: false }],
  ['another’s, by an approver', others, approver, { edit: false, remove: false, resolve: true }],
  ['another’s, by a writer', others, writer, { edit: false, remove: true, resolve: true }],
  ['a client’s, by a viewer', client, viewer, { edit: false, remove: false, resolve: false }],
  ['a client’s, by a writer', client, writer, { edit: false, remove: true, resolve: true }],
] as const)('%s', (_, comment, rights, expected) => {
  expect({
    edit: may(() => requireEdit(comment, rights)),
    remove: may(() => requireDelete(comment, rights)),
    resolve: may(() => requireResolve(comment, rights)),
  }).toEqual(expected);
});
