/** The head of the small model that stands for the looked one: the same layer and head, as far as it has them. */
export function headAt(
  { layer, head }: { readonly layer: number; readonly head: number },
  layers: number,
  heads: number,
): { readonly layer: number; readonly head: number } {
  return { layer: Math.max(0, Math.min(layer, layers - 1)), head: Math.max(0, Math.min(head, heads - 1)) };
}
