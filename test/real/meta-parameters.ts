/**
 * What the SDK for Node does not tell: the parameters that edges take. These names, as far as a publisher could use them, were
 * read on 2026-11-23 in Meta's SDK for Python, version 25.0.2 (https://github.com/facebook/facebook-python-business-sdk).
 */
export const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  'POST Page feed': [
    ...['message', 'link', 'attached_media', 'published', 'place', 'scheduled_publish_time', 'tags', 'targeting'],
    ...[
      'feed_targeting',
      'backdated_time',
      'privacy',
      'name',
      'caption',
      'description',
      'picture',
      'unpublished_content_type',
    ],
  ],
  'POST Page photos': [
    ...['url', 'message', 'caption', 'published', 'temporary', 'alt_text_custom', 'place', 'no_story', 'targeting'],
    ...['scheduled_publish_time', 'unpublished_content_type', 'tags', 'name', 'privacy'],
  ],
  'POST Page videos': [
    ...[
      'description',
      'title',
      'file_url',
      'file_size',
      'source',
      'thumb',
      'published',
      'upload_phase',
      'upload_session_id',
    ],
    ...[
      'start_offset',
      'end_offset',
      'video_file_chunk',
      'fbuploader_video_file_chunk',
      'content_category',
      'no_story',
    ],
    ...['scheduled_publish_time', 'unpublished_content_type', 'embeddable', 'targeting'],
  ],
  'POST Page video_reels': [
    ...[
      'upload_phase',
      'video_id',
      'video_state',
      'description',
      'title',
      'place',
      'scheduled_publish_time',
      'targeting',
    ],
    'feed_targeting',
  ],
  'POST Page video_stories': [
    ...[
      'upload_phase',
      'video_id',
      'video_state',
      'description',
      'title',
      'place',
      'scheduled_publish_time',
      'targeting',
    ],
    'feed_targeting',
  ],
  'POST Page photo_stories': ['photo_id'],
  'POST Page subscribed_apps': ['subscribed_fields'],
  'GET Page published_posts': ['include_hidden', 'limit', 'show_expired', 'with'],
  'GET Page video_reels': ['since', 'until'],
  'GET Page stories': ['since', 'status', 'until'],
  'POST PagePost': [
    'message',
    'place',
    'attached_media',
    'is_published',
    'is_hidden',
    'scheduled_publish_time',
    'privacy',
  ],
  'POST AdVideo': ['name', 'description', 'title', 'content_tags', 'published', 'embeddable', 'scheduled_publish_time'],
  'POST PagePost comments': ['message', 'attachment_id', 'attachment_url', 'parent_comment_id'],
  'POST AdVideo comments': ['message', 'attachment_id', 'attachment_url', 'parent_comment_id'],
  'POST Photo comments': ['message', 'attachment_id', 'attachment_url', 'parent_comment_id'],
  'GET PagePost comments': ['filter', 'live_filter', 'order'],
  'GET AdVideo comments': ['filter', 'live_filter', 'order'],
  'POST AdVideo thumbnails': ['is_preferred', 'source'],
  'GET User accounts': ['is_place', 'is_promotable'],
  'DELETE User permissions': ['permission'],
  ...forBothSignIns('media', [
    ...['image_url', 'video_url', 'caption', 'alt_text', 'media_type', 'children', 'is_carousel_item', 'upload_type'],
    ...['collaborators', 'user_tags', 'location_id', 'share_to_feed', 'thumb_offset', 'cover_url', 'audio_name'],
    ...['trial_params', 'is_paid_partnership', 'branded_content_sponsor_ids', 'product_tags'],
  ]),
  ...forBothSignIns('media_publish', ['creation_id']),
  'POST IGMedia comments': ['message', 'ad_id'],
  'POST IGMediaForIGOnlyAPI comments': ['message'],
  'GET IGUser media': ['since', 'until'],
  'GET IGUserForIGOnlyAPI media': ['since', 'until'],
  'GET IGUser content_publishing_limit': ['since'],
  'GET IGUserForIGOnlyAPI content_publishing_limit': ['since'],
};

/** Accounts that are reached through Facebook, and those that are reached with Instagram's own sign-in. */
function forBothSignIns(edge: string, parameters: readonly string[]): Record<string, readonly string[]> {
  return { [`POST IGUser ${edge}`]: parameters, [`POST IGUserForIGOnlyAPI ${edge}`]: parameters };
}

/** Fields that the SDK for Python has and the one for Node leaves out: there a video is an advertiser's upload alone. */
export const EXTRA_FIELDS: Readonly<Record<string, readonly string[]>> = {
  AdVideo: [
    ...[
      'status',
      'permalink_url',
      'published',
      'created_time',
      'updated_time',
      'description',
      'title',
      'length',
      'from',
    ],
    ...['post_id', 'source', 'picture', 'place', 'scheduled_publish_time', 'content_tags', 'embeddable'],
  ],
};

/** The same, of edges, with the kind of objects behind them. */
export const EXTRA_EDGES: Readonly<Record<string, readonly [string, { target: string }][]>> = {
  AdVideo: [
    ['GET /comments', { target: 'Comment' }],
    ['POST /comments', { target: 'Comment' }],
    ['POST /thumbnails', { target: 'AdVideo' }],
  ],
};
