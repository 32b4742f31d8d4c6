const STYLE = `
  body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 4rem 1.5rem;
    color: light-dark(#1b1f24, #e8eaed); background: light-dark(#fff, #16181b); }
  h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
  h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
`;

/** A page for people who are not signed in: no script, and the device's light or dark. @param title escaped already */
export function plainPage(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – ClickPost</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
}

/** A text as it stands in HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
