/** What one message of a post says in a version of it; the beginning names text, part and version for whoever finds it. */
export function textOf(text: number, version: number, part = 0): string {
  const what = part === 0 ? `the text of post ${text}` : `what follows post ${text} in place ${part}`;
  return `Chaos ${markOf(text, part)}${version}: ${what}, as it is meant to go out in version ${version}.`;
}

/** What is in every version of one message of a text and in no other one. Survives any way of writing a form. */
export function markOf(text: number, part = 0): string {
  return `c${text}.${part}.v`;
}

/** The text, part and version that a visible post shows, or undefined for one that is not of this run. */
export function readMark(text: string): { text: number; part: number; version: number } | undefined {
  const mark = /^Chaos c(\d+)\.(\d+)\.v(\d+):/.exec(text);
  return mark ? { text: Number(mark[1]), part: Number(mark[2]), version: Number(mark[3]) } : undefined;
}

/** What one image of a message is described as. */
export function altTextOf(text: number, image: number, part = 0): string {
  return `Image ${image + 1} of ${markOf(text, part)}`;
}
