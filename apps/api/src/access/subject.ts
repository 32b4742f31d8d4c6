import { type Database, rows } from '#kernel';

/** Things that lie in workspaces, as routes name them by `:id`. */
export type Subject =
  | 'workspace'
  | 'post'
  | 'publication'
  | 'channel'
  | 'media'
  | 'folder'
  | 'connection'
  | 'comment'
  | 'upload'
  | 'rendition';

/** By the id of the thing; nothing for what does not exist in the organization. */
const WORKSPACES_OF: Readonly<Record<Subject, string>> = {
  workspace: 'select id as workspace_id from workspaces where id = $1',
  post: 'select workspace_id from posts where id = $1',
  publication: 'select workspace_id from publications where id = $1',
  channel: 'select workspace_id from channels where id = $1',
  media: 'select workspace_id from media_assets where id = $1',
  folder: 'select workspace_id from media_folders where id = $1',
  upload: 'select workspace_id from uploads where id = $1',
  comment: 'select workspace_id from comments where id = $1',
  // It belongs to the organization too, and to every workspace that has the file it is made of.
  rendition: `select distinct a.workspace_id from renditions r
      join media_assets a on a.organization_id = r.organization_id and a.digest = r.source_digest
     where r.id = $1 and a.deleted_at is null`,
  // It belongs to the organization, and serves the workspaces of its channels, or the one in which somebody chooses them.
  connection: `select null as workspace_id from connections where id = $1
     union select workspace_id from channels where connection_id = $1 and removed_at is null
     union select workspace_id from oauth_flows where connection_id = $1
     union select choosing_in from connections where id = $1`,
};

/** Where something lies: the workspaces, whether or not the principal sees them; undefined when there is no such thing. */
export async function workspacesOf(
  database: Database,
  organizationId: string,
  subject: Subject,
  id: string,
): Promise<string[] | undefined> {
  const found = await database.organization(organizationId, (tx) =>
    rows<{ workspace_id: string | null }>(tx, WORKSPACES_OF[subject], [id]),
  );
  if (found.length === 0) return undefined;
  return found.flatMap(({ workspace_id: workspaceId }) => (workspaceId === null ? [] : [workspaceId]));
}
