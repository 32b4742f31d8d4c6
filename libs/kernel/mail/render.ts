import { type Letter } from './letter.js';

/** A letter in both forms of a mail. */
export interface RenderedLetter {
  subject: string;
  text: string;
  /** A whole page that loads nothing from anywhere. */
  html: string;
}

/** The width of a line of text, which mail programs do not break by themselves, in characters. */
const LINE = 76;

/** Gives a letter its looks: the same words as text and as HTML. */
export function renderLetter(letter: Letter): RenderedLetter {
  return { subject: letter.subject, text: textOf(letter), html: htmlOf(letter) };
}

function textOf({ paragraphs, action, closing = [] }: Letter): string {
  const parts = [
    ...paragraphs.map(wrap),
    ...(action ? [`${action.label}:\n${action.address}`] : []),
    // Two hyphens and a space: what mail programs know as the end of what was said.
    ['-- ', 'ClickPost', ...closing.map(wrap)].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function wrap(paragraph: string): string {
  return paragraph.split('\n').map(wrapLine).join('\n');
}

function wrapLine(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LINE) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

// Tables, attributes and styles at the elements: what mail programs of the last twenty years agree on. The sheet only adds
// what newer ones know, the dark scheme above all.
const SHEET = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .page { background: #101214 !important; }
    .card { background: #1b1e22 !important; border-color: #33383e !important; }
    .said { color: #e8eaed !important; }
    .quiet { color: #9aa0a6 !important; }
    .plain-link { color: #8ab4f8 !important; }
  }
`;
const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const SAID = `margin:0 0 16px;${FONT};font-size:16px;line-height:1.55;color:#1b1f24`;
const QUIET = `margin:0 0 8px;${FONT};font-size:13px;line-height:1.5;color:#5f6670`;

function htmlOf({ subject, paragraphs, action, closing = [] }: Letter): string {
  const said = paragraphs.map((text) => `<p class="said" style="${SAID}">${lines(text)}</p>`);
  const quiet = closing.map((text) => `<p class="quiet" style="${QUIET}">${lines(text)}</p>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${SHEET}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f5f7">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f5f7">
<tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
<tr><td style="padding:0 4px 16px"><p class="said" style="margin:0;${FONT};font-size:15px;font-weight:600;color:#1b1f24">ClickPost</p></td></tr>
<tr><td class="card" style="padding:32px 32px 16px;background:#ffffff;border:1px solid #e1e4e8;border-radius:8px">
<h1 class="said" style="margin:0 0 16px;${FONT};font-size:20px;line-height:1.35;font-weight:600;color:#1b1f24">${escapeHtml(subject)}</h1>
${said.join('\n')}
${action ? buttonOf(action) : ''}
</td></tr>
<tr><td style="padding:16px 4px 0">
${quiet.join('\n')}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function buttonOf({ label, address }: NonNullable<Letter['action']>): string {
  const to = escapeHtml(address);
  return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 24px">
<tr><td style="border-radius:6px;background:#1c5fd4"><a href="${to}" style="display:inline-block;padding:12px 22px;${FONT};font-size:16px;font-weight:600;color:#ffffff;text-decoration:none">${escapeHtml(label)}</a></td></tr>
</table>
<p class="quiet" style="${QUIET};margin-bottom:16px">If the button does not work, open this address:<br><a class="plain-link" href="${to}" style="color:#1c5fd4;word-break:break-all">${to}</a></p>`;
}

function lines(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>');
}

/** Text as it may stand in HTML, also in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
