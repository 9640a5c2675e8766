import { siteShapes } from "../engine/siteShapes";
import type { SiteName } from "../engine/sites";
import { axesOf } from "../engine/sites";
import { sizeOf, type Tensor } from "../engine/tensor";
import type { RunInput, Trace } from "../engine/trace";
import type { Engine, LayerHeads, Outcome } from "../worker/engine";
import { choiceOf, type RunState } from "./run";

/** A site, and the head of it that is wanted; null where the site has no heads. */
export interface SiteRequest {
  readonly site: SiteName;
  readonly head: number | null;
}

/** The most that derived sites of one trace may hold, in bytes, before the oldest are given up. */
const BUDGET = 96 * 2 ** 20;

/** Stages that a long trace left out, fetched as they are looked at and put into the trace. */
export interface DerivedSites {
  /** Fetches what the run's trace lacks, each head of each site once. */
  need(run: RunState | undefined, requests: readonly SiteRequest[]): void;
  /** What the heads of one layer of the run look like and do; null where there is no pass to ask about. */
  layer(run: RunState | undefined, site: string): Promise<Outcome<LayerHeads> | null>;
}

/** Derived sites over an engine; `change` gets the run's trace with what has come. */
export function createDerivedSites(engine: Engine, change: (trace: Trace) => void): DerivedSites {
  /** The pass that everything below belongs to. */
  let input: RunInput | null = null;
  let trace: Trace | null = null;
  const asked = new Set<string>();
  /** Sites that were put in, oldest first. */
  const held = new Map<SiteName, Tensor>();

  const begin = (run: RunState) => {
    if (run.input !== input) {
      asked.clear();
      held.clear();
    }
    input = run.input;
    trace = run.trace;
  };

  const put = (site: SiteName, head: number | null, tensor: Tensor) => {
    if (trace === null || input === null) return;
    const whole = head === null ? tensor : withHead(trace, site, held.get(site) ?? null, head, tensor);
    if (whole === null) return;
    held.delete(site);
    held.set(site, whole);
    const sites: Record<string, Tensor | undefined> = { ...trace.sites, [site]: whole };
    for (const oldest of held.keys()) {
      if (bytesOf(held) <= BUDGET) break;
      held.delete(oldest);
      delete sites[oldest];
      for (const name of asked) if (name.startsWith(`${oldest} `)) asked.delete(name);
    }
    trace = { ...trace, sites };
    change(trace);
  };

  return {
    need(run, requests) {
      if (run === undefined || run.trace === null || run.input === null || run.stale) return;
      begin(run);
      const { modelId: model } = run.trace;
      const pass = run.input;
      const shapes = shapesOf(run.trace);
      for (const { site, head: wanted } of requests) {
        if (!shapes.has(site)) continue;
        const head = /^(kv_)?head$/.test(axesOf(site)?.[0] ?? "") ? wanted : null;
        const name = `${site} ${head}`;
        if (asked.has(name) || (run.trace.sites[site] !== undefined && !held.has(site))) continue;
        asked.add(name);
        const choice = choiceOf(model, run.variant);
        void engine.derive({ ...choice, input: pass, edits: run.run.edits, site, head }).then((outcome) => {
          if (outcome.kind === "done" && pass === input) put(site, head, outcome.value);
        });
      }
    },
    async layer(run, site) {
      if (run === undefined || run.trace === null || run.input === null) return null;
      const { modelId: model, tokens, decoderTokens } = run.trace;
      const choice = choiceOf(model, run.variant);
      return engine.layer({ ...choice, input: run.input, edits: run.run.edits, tokens, decoderTokens, site });
    },
  };
}

/** Every site that a run of the trace's model on its tokens has. */
function shapesOf({ spec, tokens, decoderTokens }: Trace): ReadonlyMap<string, readonly number[]> {
  const lengths = [tokens.length, ...(decoderTokens === null ? [] : [decoderTokens.length])];
  return siteShapes(spec, lengths, "all");
}

/**
 * A site with one head put in: a new tensor over the memory of `held`, so that what reads it sees a change. Heads that have
 * not been looked at are NaN. One head of keys or values serves several query heads.
 */
function withHead(
  trace: Trace,
  site: SiteName,
  held: Tensor | null,
  head: number,
  one: Tensor,
): Tensor | null {
  const shape = shapesOf(trace).get(site);
  if (shape === undefined) return null;
  const data = held?.data ?? new Float32Array(sizeOf(shape)).fill(Number.NaN);
  const [heads = 1] = shape;
  data.set(one.data, Math.floor((head * heads) / queryHeads(trace, site)) * one.data.length);
  return { data, shape, axes: axesOf(site) ?? [] };
}

/** Query heads of the attention that a site belongs to. */
function queryHeads({ spec }: Trace, site: string): number {
  const [stack, layer, place] = site.split(".");
  const block = spec.stacks.find(({ name }) => name === stack)?.layers[Number(layer)];
  return (place === "cross_attn" ? block?.cross : block?.attn)?.nHeads ?? 1;
}

function bytesOf(held: ReadonlyMap<SiteName, Tensor>): number {
  return [...held.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
}
