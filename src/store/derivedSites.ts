import { siteShapes } from "../engine/siteShapes";
import type { SiteName } from "../engine/sites";
import { axesOf } from "../engine/sites";
import type { Tensor } from "../engine/tensor";
import type { HeldHeads, RunInput, Trace } from "../engine/trace";
import type { Engine, LayerHeads, Outcome } from "../worker/engine";
import { lacksRows } from "./logitRows";
import { choiceOf, type RunState } from "./run";

/** A site, and the head of it that is wanted; null where the site has no heads, or all of them are wanted. */
export interface SiteRequest {
  readonly site: SiteName;
  readonly head: number | null;
}

/** The most that derived stages of one trace may hold, in bytes, before the oldest that nobody shows are given up. */
const DERIVED_BUDGET = 32 * 2 ** 20;

/** Stages that a trace left out, fetched as they are looked at and put into the trace. */
export interface DerivedSites {
  /**
   * Fetches what the run's trace lacks, each head of each site once, and keeps it until the function that it returns is
   * called; from then on it may be given up for what is looked at later.
   */
  need(run: RunState | undefined, requests: readonly SiteRequest[]): () => void;
  /** Whether a view shows the site just now, of whatever run: the next one had better hold it. */
  wants(site: SiteName): boolean;
  /** What the heads of one layer of the run look like and do; null where there is no pass to ask about. */
  layer(run: RunState | undefined, site: string): Promise<Outcome<LayerHeads> | null>;
}

/** One stage that was asked for: of a head (its number along the site's own axis), or as a whole. */
interface Stage {
  readonly site: SiteName;
  readonly head: number | null;
  readonly axis: HeldHeads["axis"];
  /** How many heads the site has. */
  readonly length: number;
  /** How many views show it just now. */
  users: number;
  /** Null while it is on its way. */
  tensor: Tensor | null;
}

/** Derived sites over an engine; `change` gets the run's trace with what has come. */
export function createDerivedSites(
  engine: Pick<Engine, "derive" | "layer">,
  change: (trace: Trace) => void,
  budget = DERIVED_BUDGET,
): DerivedSites {
  /** The pass that everything below belongs to, and its trace as the run left it. */
  let input: RunInput | null = null;
  let bare: Trace | null = null;
  /** The last trace that was handed on: another one is a new run's. */
  let given: Trace | null = null;
  /** How many views show a site, whether or not a trace lacks it. */
  const shown = new Map<SiteName, number>();
  /** What was asked for, what was put in longest ago first. */
  let stages = new Map<string, Stage>();

  const begin = (run: RunState) => {
    if (run.input !== input || (run.trace !== given && run.trace !== bare)) {
      stages = new Map();
      bare = run.trace;
      given = run.trace;
    }
    input = run.input;
  };

  const put = (name: string, tensor: Tensor) => {
    const stage = stages.get(name);
    if (stage === undefined || bare === null) return;
    stage.tensor = tensor;
    stages.delete(name);
    stages.set(name, stage);
    for (const [oldest, { users }] of stages) {
      if (bytesOf(stages) <= budget) break;
      if (users === 0 && oldest !== name) stages.delete(oldest);
    }
    given = withStages(bare, stages);
    change(given);
  };

  const ask = (run: RunState, trace: Trace, { site, head }: SiteRequest, shape: readonly number[]) => {
    const axis = axesOf(site)?.[0];
    const own = axis === "head" || axis === "kv_head" ? head : null;
    const length = shape[0] ?? 1;
    const at = own === null ? null : Math.floor((own * length) / queryHeads(trace, site));
    const name = `${site} ${at}`;
    const before = stages.get(name);
    const stage = before ?? {
      site,
      head: at,
      axis: axis === "kv_head" ? axis : "head",
      length,
      users: 0,
      tensor: null,
    };
    stage.users++;
    if (before === undefined) {
      const all = stages;
      all.set(name, stage);
      const request = { ...choiceOf(trace.modelId, run.variant), edits: run.run.edits, site, head: own };
      void engine.derive({ ...request, input: run.input ?? { ids: [] } }).then((outcome) => {
        if (all === stages && outcome.kind === "done") put(name, outcome.value);
      });
    }
    return stage;
  };

  /** What the run's trace lacks of the requests, on its way or come. */
  const fetched = (run: RunState | undefined, requests: readonly SiteRequest[]): readonly Stage[] => {
    if (run === undefined || run.trace === null || run.input === null || run.stale) return [];
    begin(run);
    const trace = bare ?? run.trace;
    const missing = requests.filter(({ site }) => trace.sites[site] === undefined || isPart(trace, site));
    // What a run has is worked out only where it lacks something: a short text lacks nothing.
    const shapes = missing.length === 0 ? null : shapesOf(trace);
    return missing.flatMap((request) => {
      const shape = shapes?.get(request.site);
      return shape === undefined ? [] : [ask(run, trace, request, shape)];
    });
  };

  return {
    need(run, requests) {
      const used = fetched(run, requests);
      const count = (by: number) => {
        for (const { site } of requests) shown.set(site, (shown.get(site) ?? 0) + by);
      };
      count(1);
      return () => {
        count(-1);
        for (const stage of used) stage.users--;
      };
    },
    wants: (site) => (shown.get(site) ?? 0) > 0,
    async layer(run, site) {
      if (run === undefined || run.trace === null || run.input === null) return null;
      const { modelId: model, tokens, decoderTokens } = run.trace;
      const choice = choiceOf(model, run.variant);
      return engine.layer({ ...choice, input: run.input, edits: run.run.edits, tokens, decoderTokens, site });
    },
  };
}

/** Whether a trace holds the last row of a site alone, and may have the others. */
function isPart(trace: Trace, site: SiteName): boolean {
  return site === "logits" && lacksRows(trace);
}

/** The shapes of every site that a run of the trace's model on its tokens has. */
function shapesOf({ spec, tokens, decoderTokens }: Trace): ReadonlyMap<string, readonly number[]> {
  const lengths = [tokens.length, ...(decoderTokens === null ? [] : [decoderTokens.length])];
  return siteShapes(spec, lengths, "all");
}

/** A trace with the stages that have come: whole ones among its sites, single heads beside them. */
function withStages(trace: Trace, stages: ReadonlyMap<string, Stage>): Trace {
  const sites: Record<string, Tensor | undefined> = { ...trace.sites };
  const heads: Record<string, HeldHeads> = {};
  for (const { site, head, axis, length, tensor } of stages.values()) {
    if (tensor === null) continue;
    if (head === null) sites[site] = tensor;
    else heads[site] = { axis, length, of: { ...heads[site]?.of, [head]: tensor } };
  }
  return { ...trace, sites, heads };
}

/** Query heads of the attention that a site belongs to. */
function queryHeads({ spec }: Trace, site: string): number {
  const [stack, layer, place] = site.split(".");
  const block = spec.stacks.find(({ name }) => name === stack)?.layers[Number(layer)];
  return (place === "cross_attn" ? block?.cross : block?.attn)?.nHeads ?? 1;
}

function bytesOf(stages: ReadonlyMap<string, Stage>): number {
  return [...stages.values()].reduce((sum, { tensor }) => sum + (tensor?.data.byteLength ?? 0), 0);
}
