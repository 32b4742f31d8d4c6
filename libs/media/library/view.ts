import { type MediaFacts, type MediaKind } from '../plan/facts.js';

/** Who put a file into the library. */
export interface Uploader {
  id: string;
  name: string;
}

/** What people ask about a file, beyond its size. */
export interface MediaTraits {
  /** As ffprobe names it, of a video; the format of an image: `h264`, `jpeg`. */
  codec?: string;
  /** Frames a second. */
  frameRate?: number;
  /** Do its frames come at uneven times? */
  variableFrameRate?: boolean;
  /** High dynamic range. */
  hdr: boolean;
  /** Of videos: is there sound? */
  sound?: boolean;
  /** There is a picture to show of it, in the widths of previews. */
  picture: boolean;
  /** An image that moves. */
  animated: boolean;
  /** An image with see-through parts. */
  transparent: boolean;
  /** It says where it was taken. */
  locationFound: boolean;
}

/** A media asset as the API shows it. */
export interface MediaView {
  id: string;
  kind: MediaKind;
  filename: string;
  contentType: string;
  /** As displayed, in pixels; 0 for documents. */
  width: number;
  height: number;
  /** Of videos, and of animations. */
  durationMs?: number;
  /** Pages or slides of a document; left out where they cannot be counted. */
  pages?: number;
  bytes: number;
  altText: string | null;
  /** Null = in no folder. */
  folderId: string | null;
  /** Sorted. */
  tags: string[];
  /** Counted up with each change, for `If-Match`. */
  version: number;
  /** 1 = the first that was uploaded. */
  fileVersion: number;
  /** The id of the version that stands in the library: its own, unless it was replaced. */
  currentId: string;
  facts: MediaTraits;
  /** Posts whose present revision uses it. */
  used: number;
  /** Null where it was not kept who it was. */
  uploadedBy: Uploader | null;
  /** ISO 8601. */
  createdAt: string;
}

/** A row of `media_assets`. */
export interface MediaAssetRecord {
  id: string;
  organization_id: string;
  workspace_id: string;
  kind: MediaKind;
  filename: string;
  alt_text: string | null;
  digest: string;
  facts: MediaFacts;
  storage_key: string;
  folder_id: string | null;
  version: number;
  uploaded_by: Uploader | null;
  series_id: string;
  file_version: number;
  current: boolean;
  deleted_at: Date | null;
  created_at: Date;
}

/** What the library tells of an asset beside its own row. */
export interface ListedAsset extends MediaAssetRecord {
  tags: string[];
  used: number;
  current_id: string | null;
}

/** SQL of one row of the library; goes on with conditions on `a`. */
export const SELECT_LISTED = `
  select a.*,
         array(select t.tag from media_tags t where t.asset_id = a.id order by t.tag) as tags,
         (select count(*)::int from post_media m join posts p on p.id = m.post_id
           where m.asset_id = a.id and m.current and p.deleted_at is null) as used,
         case when a.current then a.id
              else (select c.id from media_assets c where c.series_id = a.series_id and c.current and c.deleted_at is null)
         end as current_id
    from media_assets a`;

/** A row as the API shows it. */
export function viewOf(asset: ListedAsset): MediaView {
  const { facts } = asset;
  const durationMs = facts.kind === 'document' ? undefined : facts.durationMs;
  return {
    id: asset.id,
    kind: asset.kind,
    filename: asset.filename,
    contentType: facts.contentType,
    width: facts.width,
    height: facts.height,
    ...(durationMs !== undefined && { durationMs }),
    ...(facts.kind === 'document' && facts.pages !== undefined && { pages: facts.pages }),
    bytes: facts.bytes,
    altText: asset.alt_text,
    folderId: asset.folder_id,
    tags: asset.tags,
    version: asset.version,
    fileVersion: asset.file_version,
    currentId: asset.current_id ?? asset.id,
    facts: traitsOf(facts),
    used: asset.used,
    uploadedBy: asset.uploaded_by && { id: asset.uploaded_by.id, name: asset.uploaded_by.name },
    createdAt: asset.created_at.toISOString(),
  };
}

function traitsOf(facts: MediaFacts): MediaTraits {
  const none = { picture: true, hdr: false, animated: false, transparent: false, locationFound: false };
  switch (facts.kind) {
    case 'document':
      return { ...none, picture: facts.page !== undefined };
    case 'image':
      return {
        ...none,
        codec: facts.format,
        animated: facts.pages > 1,
        transparent: facts.hasAlpha,
        locationFound: facts.hasLocation,
      };
    case 'video':
      return {
        ...none,
        codec: facts.codec,
        frameRate: facts.frameRate,
        variableFrameRate: facts.variableFrameRate,
        hdr: facts.hdr !== undefined,
        sound: facts.audio !== undefined,
        locationFound: facts.hasLocation,
      };
  }
}
