import type { Kernels } from "../../../src/engine/kernels/kernels";
import type { Trace } from "../../../src/engine/trace";
import type { LoadedModel } from "../../../src/model/load";
import { breathe } from "../../../src/worker/breathe";
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
 * of the last run reused, every site kept, and between two keystrokes the memory of the next one made ready. Letters
 * appended one by one, then letters changed in the middle of the text.
 */
export async function typingRows(loaded: LoadedModel, kernels: Kernels): Promise<readonly Row[]> {
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
  const rows: Row[] = [];
  for (const [where, textAt] of Object.entries(texts)) {
    const times: number[] = [];
    const between: number[] = [];
    for (let n = 0; n < KEYSTROKES + 20; n++) {
      const begun = performance.now();
      const trace = model.trace(model.cut({ text: textAt(n) }), []);
      times.push(performance.now() - begun);
      move(trace);
      await breathe();
      const idle = performance.now();
      model.prepare();
      between.push(performance.now() - idle);
    }
    const typed = sharesOf(times);
    const name = `sightline ${kernels.name}`;
    rows.push({
      group: "typing",
      what: `a keystroke at ${lengthOf(whole)} tokens of ${loaded.id}, ${where}`,
      unit: "ms",
      figures: {
        [`${name}, median`]: typed(0.5),
        [`${name}, 95 of 100 within`]: typed(0.95),
        [`${name}, between two of them`]: sharesOf(between)(0.5),
      },
      best: { [`${name}, median`]: typed(0) },
    });
  }
  return rows;
}

/** The share `part` of the times after the first twenty is as short as this. */
function sharesOf(times: readonly number[]): (part: number) => number {
  const sorted = times.slice(20).sort((a, b) => a - b);
  return (part) => sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN;
}

/** Hands a trace over as a worker does: its memory is no longer here. */
function move({ sites }: Trace): void {
  const buffers = Object.values(sites).map((tensor) => tensor?.data.buffer as ArrayBuffer);
  structuredClone(null, { transfer: [...new Set(buffers)] });
}
