/** How an embed is shown: what only its address says, beside the fields of every link. */
export interface EmbedOptions {
  /** `controls=false` hides the sentence and what belongs to it. */
  readonly controls: boolean;
  /** `start=click` waits for a click, where others start when they are seen. */
  readonly click: boolean;
  /** `start=now` does not wait to be seen. */
  readonly now: boolean;
}

/** The options in a fragment; anything else than the values above is passed over. */
export function optionsOf(fragment: string): EmbedOptions {
  const params = new URLSearchParams(fragment.replace(/^#/, ""));
  const start = params.get("start");
  return { controls: params.get("controls") !== "false", click: start === "click", now: start === "now" };
}
