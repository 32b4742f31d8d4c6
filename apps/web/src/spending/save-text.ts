/** Has the browser save a text as a file. @param type its MIME type, without the encoding */
export function saveText(name: string, text: string, type: string): void {
  // Programs for tables know UTF-8 by its mark.
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
