import type { Selection } from "../store/selection";

/** Version of the messages between an embed and the page around it. */
const VERSION = 1;
/** The longest fragment that a message may set, in UTF-16 units. */
const LONGEST = 1 << 20;

/** What an embed tells the page around it. */
export type Sent =
  | { readonly type: "ready" }
  /** Height of the figure in CSS pixels. */
  | { readonly type: "resize"; readonly height: number }
  | ({ readonly type: "select" } & Pick<
      Selection,
      "stack" | "attention" | "layer" | "head" | "query" | "key" | "step"
    >)
  /** Everything that the figure shows, as the fragment of a link. */
  | { readonly type: "state"; readonly fragment: string };

/** Tells the page around, whoever that is: nothing in it is secret. */
export function send(message: Sent): void {
  if (window.parent === window) return;
  window.parent.postMessage({ source: "sightline", v: VERSION, ...message }, "*");
}

/** The fragment that a message asks to show, or null for everything that is not such a message. */
export function fragmentSet(data: unknown): string | null {
  try {
    if (typeof data !== "object" || data === null) return null;
    const { source, v, type, fragment } = data as Record<string, unknown>;
    if (source !== "sightline" || v !== VERSION || type !== "set" || typeof fragment !== "string")
      return null;
    return fragment.length > LONGEST ? null : fragment.replace(/^#/, "");
  } catch {
    // A message may be an object that throws when it is read.
    return null;
  }
}
