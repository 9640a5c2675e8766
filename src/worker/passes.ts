import { defaultCapture, TRACE_BUDGET, traceBytes } from "../engine/capture";
import { derive } from "../engine/derive";
import { type Edit, siteEdits } from "../engine/edits";
import { run } from "../engine/forward";
import { stackSources } from "../engine/input";
import type { PreparedModel } from "../engine/prepare";
import type { Kept } from "../engine/reuse";
import { createSlab } from "../engine/slab";
import { createStock } from "../engine/stock";
import type { Tensor } from "../engine/tensor";
import type { RunInput, SitePattern, Sites } from "../engine/trace";
import { isLargeVocabulary } from "../engine/weights";

/** The passes of one model: each leaves what the next one, and stages that its trace left out, can be had from. */
export interface Passes {
  /**
   * One pass; a causal model computes only what follows the prefix that it shares with the last unedited one. Where
   * `rows` is "last", a large vocabulary's logits are those of the last position alone.
   */
  run(input: RunInput, edits: readonly Edit[], rows?: "last"): Sites;
  /** One pass for what `capture` accepts and the logits, as far as they fit; it leaves nothing behind. */
  glance(input: RunInput, edits: readonly Edit[], capture: readonly SitePattern[]): Sites;
  /** A site of a pass, of one head where `head` is given. Throws what derive throws. */
  derive(input: RunInput, edits: readonly Edit[], site: string, head: number | null): Tensor;
  /** Gets ready what the next pass writes its sites to. */
  prepare(): void;
}

interface Last {
  readonly name: string;
  readonly sites: Sites;
}

/** Passes of a prepared model, none made yet. */
export function createPasses(model: PreparedModel): Passes {
  let kept: Kept | null = null;
  let last: Last | null = null;
  // What is kept lies in one slab while the next pass, which reads it, writes to the other.
  let [held, spare] = [createSlab(), createSlab()];
  // What a pass answers moves to the page, memory and all.
  const leaving = createStock();

  const lengthsOf = (input: RunInput) => stackSources(model.spec, input).map(({ ids }) => ids.length);

  const pass = (input: RunInput, edits: readonly Edit[], rows?: "last"): Sites => {
    const asked = isLargeVocabulary(model.spec) ? rows : "all";
    const { capture, logits } = defaultCapture(model.spec, lengthsOf(input), asked);
    spare.reset();
    const result = run(model, input, {
      capture,
      logits,
      edits,
      reuse: kept,
      into: leaving.place,
      keep: true,
      keepIn: spare.place,
    });
    leaving.leave();
    if (result.kept !== null) {
      kept = result.kept;
      [held, spare] = [spare, held];
      // A large slab is given up now, not when the next pass begins.
      spare.reset();
      last = { name: nameOf(input, edits), sites: Object.fromEntries(kept.sites) };
    }
    return result.sites;
  };

  return {
    run: pass,
    glance(input, edits, wanted) {
      const lengths = lengthsOf(input);
      const fits = traceBytes(model.spec, lengths, wanted) < TRACE_BUDGET;
      const { capture, logits } = fits
        ? { capture: wanted, logits: "all" as const }
        : defaultCapture(model.spec, lengths);
      return run(model, input, { capture, logits, edits }).sites;
    },
    prepare: leaving.prepare,
    derive(input, edits, site, head) {
      const name = nameOf(input, edits);
      if (last?.name !== name) {
        const sites = pass(input, edits, "last");
        // An edited pass leaves nothing for the next one, so its own sites are held instead.
        if (last?.name !== name) last = { name, sites };
      }
      const tensor = derive(model, { sites: last.sites, input, edits }, site, head);
      // Held sites must stay here when the answer moves to the page.
      return { ...tensor, data: tensor.data.slice() };
    },
  };
}

/** Two passes of one model with the same name are the same pass. */
function nameOf(input: RunInput, edits: readonly Edit[]): string {
  const exact = (_: string, value: unknown) => (typeof value === "number" ? String(value) : value);
  return JSON.stringify([input, siteEdits(edits)], exact);
}
