import { useMemo } from "react";
import type { Trace } from "../../engine/trace";
import type { Selection } from "../../store/selection";
import { useNeed } from "../../store/useNeed";
import { siteName } from "../../viz/siteView";
import { NEURON_SITES, type NeuronFacts, neuronFacts, positionSites } from "./neuronFacts";

/** The facts of the looked pair, asked for where a long trace left them out; null until they are there. */
export function useNeuronFacts(trace: Trace, looked: Selection): NeuronFacts | null {
  const { stack, attention, layer, head, query, key } = looked;
  const block = trace.spec.stacks.find((each) => each.name === stack)?.layers[layer];
  const spec = attention === "cross_attn" ? block?.cross : block?.attn;
  const sites = spec ? [...NEURON_SITES, ...positionSites(spec.positions)] : [];
  useNeed(sites.map((part) => ({ site: siteName(looked, part), head })));
  // biome-ignore lint/correctness/useExhaustiveDependencies: of what is looked at only the pair and its head count
  return useMemo(() => neuronFacts(trace, looked), [trace, stack, attention, layer, head, query, key]);
}
