import { useEffect, useState } from "react";
import type { RunInput, Trace } from "../engine/trace";
import type { LayerHeads } from "../worker/engine";
import { patternSite } from "./follow";
import { useSession, useSessionStore } from "./SessionContext";
import { FIRST_SELECTION } from "./selection";

/**
 * What the heads of every layer look like and do, where the trace is too long to hold their patterns: layer by layer as
 * they come. Null for a trace that holds them.
 */
export function useLayerHeads(): readonly LayerHeads[] | null {
  const store = useSessionStore();
  const input = useSession((session) => session.runs[0]?.input ?? null);
  const [found, setFound] = useState<{ input: RunInput; layers: readonly LayerHeads[] } | null>(null);
  useEffect(() => {
    const trace = store.getState().runs[0]?.trace;
    const sites = trace && input !== null ? sitesOf(trace) : [];
    if (input === null || sites.every((site) => trace?.sites[site] !== undefined)) return;
    let current = true;
    const fetch = async () => {
      setFound({ input, layers: [] });
      for (const site of sites) {
        const outcome = current ? await store.getState().layer(site) : null;
        if (!current || outcome?.kind !== "done") return;
        const { value } = outcome;
        setFound((old) => (old?.input === input ? { input, layers: [...old.layers, value] } : old));
      }
    };
    void fetch();
    return () => {
      current = false;
    };
  }, [store, input]);
  return found !== null && found.input === input ? found.layers : null;
}

/** The patterns of every attention of a model, in its order. */
function sitesOf({ spec }: Trace) {
  return spec.stacks.flatMap(({ name: stack, layers }) =>
    layers.flatMap((block, layer) => {
      const places = block.cross === null ? (["attn"] as const) : (["attn", "cross_attn"] as const);
      return places.map((attention) => patternSite({ ...FIRST_SELECTION, stack, attention, layer }));
    }),
  );
}
