/** The page at `/`. @param practiceFeed address of the practice networks' feed, where they run */
export function startPage(practiceFeed: string | undefined): string {
  const practice = practiceFeed
    ? `<li><a href="${escape(practiceFeed)}">Practice feed</a>: what was published on the practice networks</li>`
    : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>ClickPost</title>
<style>
  body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 4rem 1.5rem;
    color: light-dark(#1b1f24, #e8eaed); background: light-dark(#fff, #16181b); }
  h1 { font-size: 2.5rem; line-height: 1.2; margin: 0 0 .5rem; }
  a { color: light-dark(#0b57d0, #8ab4f8); }
  li { margin: .5rem 0; }
</style>
</head>
<body>
<main>
<h1>ClickPost</h1>
<p>Write a post once, publish it on every network on time, and know what happened.</p>
<nav aria-label="Where to go">
<ul>
<li><a href="/docs">API documentation</a>: every address, to read and to try</li>
${practice}
</ul>
</nav>
</main>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
