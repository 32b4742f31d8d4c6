import { type CreateBody, type Draft, type PostContent } from './draft.js';

/** The version of a post that a draft was written on. */
export interface DraftBase {
  postId: string;
  /** For `If-Match`. */
  etag: string;
  content: PostContent;
  /** Not scheduled anywhere: what is written may be saved by itself. */
  isDraft: boolean;
}

/** A post that was asked for and whose answer has not come: asked again in the same words, it is made once. */
export interface PendingCreate {
  key: string;
  body: CreateBody;
}

/** What is kept on this device of a post that somebody writes. */
export interface KeptDraft {
  draft: Draft;
  base?: DraftBase;
  pending?: PendingCreate;
  /** When it was written down, in milliseconds since 1970. */
  at: number;
}

/** Names the shape of what is kept; another one is not read. */
const SHAPE = 'clickpost-draft-2';
const NEW = 'new-';

type KeyValues = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** What a person writes in a workspace, kept on this device until the server has it. */
export class LocalDrafts {
  private readonly prefix: string;

  constructor(
    private readonly storage: KeyValues,
    userId: string,
    workspaceId: string,
  ) {
    this.prefix = `${SHAPE}/${userId}/${workspaceId}/`;
  }

  /** @param id of the post, or one of `newId` */
  read(id: string): KeptDraft | undefined {
    const text = this.storage.getItem(this.prefix + id);
    if (text === null) return undefined;
    try {
      return JSON.parse(text) as KeptDraft;
    } catch {
      // Cut off by a crash: there is nothing that could be read.
      return undefined;
    }
  }

  /** Returns whether it could be kept: the storage may be full or switched off. */
  write(id: string, kept: KeptDraft): boolean {
    try {
      this.storage.setItem(this.prefix + id, JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  }

  remove(id: string): void {
    this.storage.removeItem(this.prefix + id);
  }

  /** A name for a post that the server does not know yet. */
  newId(random: string): string {
    return NEW + random;
  }

  /** The posts kept here that the server does not know, the latest first. */
  newIds(): string[] {
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index) ?? '');
    return keys
      .filter((key) => key.startsWith(this.prefix + NEW))
      .map((key) => key.slice(this.prefix.length))
      .map((id) => ({ id, at: this.read(id)?.at ?? 0 }))
      .toSorted((a, b) => b.at - a.at)
      .map(({ id }) => id);
  }
}
