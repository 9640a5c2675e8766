import { headFacts } from "../analysis/heads/headFacts";
import { pooled } from "../analysis/matrix";
import type { SiteName } from "../engine/sites";
import type { Tensor } from "../engine/tensor";
import type { LayerHeads, LayerRequest } from "./engine";
import type { LiveModel } from "./liveModel";

/** The largest side of a thumbnail, in cells. */
const SIDE = 64;

/** What the heads of one layer look like and do; only this layer's patterns are in memory at once. */
export function layerHeads(
  model: Pick<LiveModel, "facts" | "derive">,
  { input, edits, tokens, decoderTokens, site }: LayerRequest,
): LayerHeads {
  const { spec } = model.facts;
  const patterns = joined(
    Array.from({ length: headsAt(model, site) }, (_, head) => model.derive({ input, edits, site, head })),
  );
  const facts = headFacts({ spec, tokens, decoderTokens, sites: { [site as SiteName]: patterns } });
  return { site, patterns: pooled(patterns, SIDE), facts };
}

function headsAt({ facts }: Pick<LiveModel, "facts">, site: string): number {
  const [stack, layer, place] = site.split(".");
  const block = facts.spec.stacks.find(({ name }) => name === stack)?.layers[Number(layer)];
  return (place === "cross_attn" ? block?.cross : block?.attn)?.nHeads ?? 0;
}

/** Heads one after the other. [query_pos, key_pos] each → [head, query_pos, key_pos] */
function joined(heads: readonly Tensor[]): Tensor {
  const shape = heads[0]?.shape ?? [0, 0];
  const size = heads[0]?.data.length ?? 0;
  const data = new Float32Array(heads.length * size);
  heads.forEach((head, at) => {
    data.set(head.data, at * size);
  });
  return { data, shape: [heads.length, ...shape], axes: ["head", "query_pos", "key_pos"] };
}
