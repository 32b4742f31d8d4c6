/** A post in the feed: its fields, and the uploaded photos in their order. */
export type PreparedFeed = { kind: 'feed'; message: string; photos: string[]; link?: string; place?: string };

/** A video in the feed, uploaded but for the last word. */
export type PreparedVideo = { kind: 'video'; videoId: string; sessionId: string; message: string; title?: string };

/** The same of a reel. */
export type PreparedReel = { kind: 'reel'; videoId: string; message: string; title?: string; place?: string };

/** A photo that was uploaded unpublished, or a video, as a story. */
export type PreparedStory = { kind: 'photo-story'; photoId: string } | { kind: 'video-story'; videoId: string };

/** A comment below something that was published. */
export type PreparedComment = { kind: 'comment'; objectId: string; message: string };

/** What the one creating request needs. */
export type Prepared = PreparedFeed | PreparedVideo | PreparedReel | PreparedStory | PreparedComment;
