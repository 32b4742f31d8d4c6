import { createHash } from 'node:crypto';
import { Html } from './html.js';
import { GENERIC_COLOR, NETWORKS, SHAPES } from './looks.js';

const signs = Object.entries(NETWORKS).map(([id, { color }]) => `[data-network="${id}"] { --sign: ${color}; }`);
const shapes = SHAPES.map((shape) => `[data-shape="${shape}"] :is(img, video) { aspect-ratio: ${shape}; }`);

const STYLE = `
:root { color-scheme: light dark; --page: #f4f5f7; --card: #fff; --ink: #1c1f26; --quiet: #565d6b; --line: #d9dce3;
  --soft: #eef0f4; --link: #1a56c4; --banner: #fff3c9; --banner-ink: #4a3a00; --sign: ${GENERIC_COLOR}; }
@media (prefers-color-scheme: dark) { :root { --page: #14161b; --card: #1e2128; --ink: #eceef2; --quiet: #a7adba;
  --soft: #2a2e38; --line: #363b47; --link: #8ab4ff; --banner: #4a3c0a; --banner-ink: #ffefb8; } }
${signs.join('\n')}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--link); overflow-wrap: anywhere; }
a:focus-visible, summary:focus-visible, .strip:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.banner { margin: 0; padding: .75rem 1rem; background: var(--banner); color: var(--banner-ink); text-align: center; }
main { max-width: 36rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; }
article, .empty { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; margin: 0 0 1rem; }
header { display: flex; gap: .75rem; align-items: center; }
header > div { min-width: 0; flex: 1; }
h2, h3 { font-size: 1rem; line-height: 1.3; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: .9rem; }
.avatar { display: flex; flex: none; align-items: center; justify-content: center; width: 2.75rem; height: 2.75rem;
  border-radius: 50%; background: var(--soft); color: var(--quiet); font-weight: 650; }
.sign { display: inline-flex; flex: none; align-items: center; justify-content: center; width: 1.75rem; height: 1.75rem;
  border-radius: .5rem; background: var(--sign); color: #fff; font-weight: 700; }
[data-network="threads"] .sign, [data-network="facebook"] .sign, [data-network="pinterest"] .sign { border-radius: 50%; }
.topic { font-weight: 400; }
time, .quiet { color: var(--quiet); font-size: .875rem; }
p.quiet { margin: .5rem 0 0; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; margin: .75rem 0; }
.title { font-weight: 650; margin: .75rem 0 0; overflow-wrap: anywhere; }
figure { margin: 0; } img, video { width: 100%; display: block; border-radius: .5rem; background: var(--soft); }
figcaption { color: var(--quiet); font-size: .85rem; margin-top: .25rem; overflow-wrap: anywhere; }
.files { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .5rem; margin: .75rem 0; }
.files > :first-child:nth-last-child(odd) { grid-column: 1 / -1; }
.files > :not(:only-child) :is(img, video) { aspect-ratio: 1; object-fit: cover; }
.document { grid-column: 1 / -1; padding: 1.5rem 1rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--soft); text-align: center; }
[data-network="pinterest"] .files { max-width: 20rem; margin-inline: auto; grid-template-columns: minmax(0, 1fr); }
[data-network="pinterest"] :is(img, video) { border-radius: 1rem; }
.strip { display: flex; gap: .5rem; margin: .75rem 0; overflow-x: auto; scroll-snap-type: x proximity; padding-bottom: .25rem; }
.strip > figure { flex: 0 0 82%; scroll-snap-align: start; }
.strip > figure:only-child { flex-basis: 100%; }
[data-shape] :is(img, video) { object-fit: cover; }
${shapes.join('\n')}
.screen { max-width: 19rem; margin: .75rem auto; padding: .75rem; border-radius: 1rem; background: #101216; color: #fff; }
.screen :is(img, video) { aspect-ratio: 9 / 16; object-fit: contain; background: #000; }
.screen .text { margin-bottom: 0; } .screen figcaption { color: #c6cbd5; }
.poll { list-style: none; margin: .75rem 0; padding: 0; display: grid; gap: .5rem; }
.poll li { border: 1px solid var(--line); border-radius: .6rem; padding: .5rem .75rem; overflow-wrap: anywhere; }
.card { border: 1px solid var(--line); border-radius: .6rem; padding: .6rem .75rem; margin: .75rem 0; }
summary { cursor: pointer; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--soft); font-weight: 600; }
details { margin: .75rem 0; }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: .5rem 0 0; padding: 0; }
.facts li { overflow-wrap: anywhere; }
.replies { list-style: none; margin: .75rem 0 0; padding: .75rem 0 0 1rem; border-top: 1px solid var(--line); display: grid; gap: .75rem; }
.replies .avatar { width: 2rem; height: 2rem; font-size: .8rem; }
.replies .text { margin: .35rem 0; }
`;

/** No script at all, pictures from here alone, and the one style sheet above. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "img-src 'self'",
  "media-src 'self'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Put together by hand: the policy's digest covers every blank between the tags. */
export const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);
