import { type UploadItem } from './upload-item.js';

/** Progress is told this often at most, in milliseconds: a fast line has hundreds of steps a second. */
const TELL_EVERY_MS = 150;

/** The uploads of this page, of all workspaces, for whoever wants to show them. */
export class UploadStore {
  private list: readonly UploadItem[] = [];
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Stays the same until something changes. */
  readonly items = (): readonly UploadItem[] => this.list;

  /** @returns what ends it */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  find(id: string): UploadItem | undefined {
    return this.list.find((item) => item.id === id);
  }

  add(item: UploadItem): void {
    this.list = [...this.list, item];
    this.tell();
  }

  /** Changes it if it is still there. What is only progress is told a little later, gathered. */
  change(id: string, change: (item: UploadItem) => UploadItem): void {
    let isMore = false;
    this.list = this.list.map((item) => {
      if (item.id !== id) return item;
      const next = change(item);
      isMore ||= next.state !== item.state;
      return next;
    });
    if (isMore) this.tell();
    else this.timer ??= setTimeout(() => this.tell(), TELL_EVERY_MS);
  }

  remove(id: string): void {
    this.list = this.list.filter((item) => item.id !== id);
    this.tell();
  }

  private tell(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const listener of [...this.listeners]) listener();
  }
}
