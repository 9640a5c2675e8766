/** Puts a text into a field as one step that undo takes back; the focus stays where it was. */
export function replaceText(field: HTMLTextAreaElement, text: string): void {
  const focused = field.ownerDocument.activeElement;
  // Only a field that has been in use has something to take back; others are not focused for it.
  if (field.dataset.touched === "true") {
    field.focus({ preventScroll: true });
    field.select();
    field.ownerDocument.execCommand?.(text === "" ? "delete" : "insertText", false, text);
    if (focused instanceof HTMLElement && focused !== field) focused.focus({ preventScroll: true });
  }
  if (field.value !== text) field.value = text;
}
