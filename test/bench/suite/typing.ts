import type { Kernels } from "../../../src/engine/kernels/kernels";
import type { LoadedModel } from "../../../src/model/load";
import { liveModel } from "../../../src/worker/liveModel";
import type { Row } from "./report";

/** Long enough for 32 tokens of any shipped model. */
const TEXT =
  "The animal didn't cross the street because it was too tired. It lay down by the road, closed its eyes and " +
  "waited for the rain to stop, while the cars went by one after the other and nobody saw it there.";
const TOKENS = 32;
const KEYSTROKES = 120;

/**
 * What the engine takes for a keystroke at about 32 tokens, as the page asks for it: the text cut into tokens, the prefix
 * of the last run reused, every site kept. Letters appended one by one, then letters changed in the middle of the text.
 */
export function typingRows(loaded: LoadedModel, kernels: Kernels): readonly Row[] {
  const model = liveModel(loaded, kernels);
  const lengthOf = (text: string) => model.cut({ text }).tokens.length;
  let end = TEXT.length;
  while (lengthOf(TEXT.slice(0, end)) > TOKENS) end -= 1;
  const whole = TEXT.slice(0, end);
  const middle = end >> 1;
  const texts = {
    "appended at the end": (n: number) => whole.slice(0, end - 12 + (n % 12)),
    "changed in the middle": (n: number) =>
      `${whole.slice(0, middle)}${"abcdefgh"[n % 8]}${whole.slice(middle + 1)}`,
  };
  return Object.entries(texts).map(([where, textAt]) => {
    const times = Array.from({ length: KEYSTROKES + 20 }, (_, n) => {
      const begun = performance.now();
      model.trace(model.cut({ text: textAt(n) }), []);
      return performance.now() - begun;
    });
    const sorted = times.slice(20).sort((a, b) => a - b);
    const share = (part: number) => sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN;
    const name = `sightline ${kernels.name}`;
    return {
      group: "typing",
      what: `a keystroke at ${lengthOf(whole)} tokens of ${loaded.id}, ${where}`,
      unit: "ms",
      figures: { [`${name}, median`]: share(0.5), [`${name}, 95 of 100 within`]: share(0.95) },
      best: { [`${name}, median`]: share(0) },
    };
  });
}
