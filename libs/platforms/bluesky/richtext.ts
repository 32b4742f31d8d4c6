import { type JsonObject } from '#platforms/core';

/** Finds the DID of a handle; undefined when nobody has that handle. */
export type ResolveHandle = (handle: string) => Promise<string | undefined>;

/**
 * The facets (links, mentions, hashtags) of a text, with offsets in bytes of its UTF-8 form. Facets never overlap, and a handle that
 * nobody has stays plain text. https://docs.bsky.app/docs/advanced-guides/post-richtext
 */
export async function detectFacets(text: string, resolve: ResolveHandle): Promise<JsonObject[]> {
  // Loaded when first needed: the SDK costs half a second and 30 MB, which a process that never posts to Bluesky should not pay.
  const { RichText, AppBskyRichtextFacet } = await import('@atproto/api');
  const richText = new RichText({ text });
  richText.detectFacetsWithoutResolution();
  const facets: JsonObject[] = [];
  let end = 0;
  for (const { index, features } of richText.facets ?? []) {
    // "Facets cannot overlap": a $TAG or @name inside of a link's address is part of the link.
    if (index.byteStart < end) continue;
    const [feature] = features;
    const resolved = AppBskyRichtextFacet.isMention(feature)
      ? await mention(feature.did, resolve)
      : AppBskyRichtextFacet.isLink(feature)
        ? link(feature.uri)
        : AppBskyRichtextFacet.isTag(feature)
          ? { $type: 'app.bsky.richtext.facet#tag', tag: feature.tag }
          : undefined;
    if (!resolved) continue;
    facets.push({ index: { byteStart: index.byteStart, byteEnd: index.byteEnd }, features: [resolved] });
    end = index.byteEnd;
  }
  return facets;
}

/** Before resolution the SDK leaves the handle in the place of the DID. */
async function mention(handle: string, resolve: ResolveHandle): Promise<JsonObject | undefined> {
  const did = await resolve(handle.toLowerCase());
  return did === undefined ? undefined : { $type: 'app.bsky.richtext.facet#mention', did };
}

/** The SDK takes `httpbin.org` for an address that already has its scheme, and `https:///` for an address. */
function link(found: string): JsonObject | undefined {
  const uri = /^https?:\/\//i.test(found) ? found : `https://${found}`;
  return /^https?:\/\/[^\s/]/i.test(uri) && URL.canParse(uri)
    ? { $type: 'app.bsky.richtext.facet#link', uri }
    : undefined;
}
