/** How long a saved file's address is kept, in ms: some browsers ask for it late. */
const KEPT = 60_000;

/** Hands a file to the reader's browser, which saves it under its name. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT);
}
