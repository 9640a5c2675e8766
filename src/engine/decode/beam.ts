import type { PreparedModel } from "../prepare";
import type { Kept } from "../reuse";
import type { RunInput, Sites } from "../trace";
import { type DecodeOptions, runNext, startIds } from "./prefix";
import { logSoftmax } from "./sampling";

export interface BeamOptions extends DecodeOptions {
  /** Partial texts that are followed at once. */
  readonly beams: number;
  /** Scores are Σ log-probability / length^lengthPenalty, length = emitted tokens, the stop id included. */
  readonly lengthPenalty: number;
  /** How many texts to return. */
  readonly best: number;
}

/** One candidate of the search: a token after its parent's text. Nodes are listed in the order they were found. */
export interface BeamNode {
  /** Index of the parent in the list, or −1 for the root. */
  readonly parent: number;
  /** The emitted id; −1 at the root. */
  readonly id: number;
  /** Emitted tokens up to here: 0 at the root. */
  readonly depth: number;
  /** log-probability of this token, and of all emitted tokens up to here. */
  readonly logProbability: number;
  readonly total: number;
  /** open: followed (or left when the search stopped); pruned: dropped; finished: ended by a stop id or the last allowed token. */
  readonly state: "open" | "pruned" | "finished";
  /** total / depth^lengthPenalty of a finished text. */
  readonly score: number | null;
  /** The trace of the run that read this text to find its children. */
  readonly sites: Sites | null;
}

export interface BeamText {
  /** Start and emitted ids. */
  readonly ids: readonly number[];
  /** Index of its last node. */
  readonly node: number;
  readonly logProbability: number;
  readonly score: number;
}

export interface BeamResult {
  readonly nodes: readonly BeamNode[];
  /** The best finished texts, best first. */
  readonly texts: readonly BeamText[];
}

/** A text that is still followed. */
interface Open {
  readonly node: number;
  readonly ids: readonly number[];
}

/** A text one token longer. */
interface Candidate {
  readonly from: Open;
  readonly id: number;
  readonly logProbability: number;
  readonly total: number;
}

/**
 * Beam search (Graves 2012; equation 65 of docs/maths.md). At each step the 2·beams best continuations
 * are ranked: those that end count if they are among the first `beams`, the first `beams` others are followed, the rest
 * is pruned. It stops when no followed text can still beat the `beams` best finished ones. Yields the tree after every step.
 */
export function* beamSearch(
  model: PreparedModel,
  input: RunInput,
  options: BeamOptions,
): Generator<readonly BeamNode[], BeamResult> {
  const { beams, stop } = options;
  const start = startIds(model.spec, input);
  const longest = Math.min(options.maxTokens, model.spec.context - start.length);
  const nodes: BeamNode[] = [
    { parent: -1, id: -1, depth: 0, logProbability: 0, total: 0, state: "open", score: null, sites: null },
  ];
  const left = new Map<number, Kept | null>();
  let open: readonly Open[] = [{ node: 0, ids: start }];
  for (let depth = 1; depth <= longest && open.length > 0; depth++) {
    const candidates = open.flatMap((from) => {
      const parent = nodes[from.node];
      const next = runNext(model, input, from.ids, options, left.get(parent.parent) ?? null);
      left.set(from.node, next.kept);
      nodes[from.node] = { ...parent, sites: next.sites };
      return continuations(from, parent.total, logSoftmax(next.logits), 2 * beams);
    });
    candidates.sort((a, b) => b.total - a.total);
    const following: Open[] = [];
    candidates.slice(0, 2 * beams).forEach(({ from, id, logProbability, total }, rank) => {
      const ends = stop.includes(id) ? rank < beams : depth === longest && following.length < beams;
      const follows = !stop.includes(id) && following.length < beams;
      const state = ends ? "finished" : follows ? "open" : "pruned";
      const score = ends ? total / depth ** options.lengthPenalty : null;
      if (follows) following.push({ node: nodes.length, ids: [...from.ids, id] });
      nodes.push({ parent: from.node, id, depth, logProbability, total, state, score, sites: null });
    });
    const parents = new Set(open.map(({ node }) => node));
    for (const node of left.keys()) if (!parents.has(node)) left.delete(node);
    open = depth < longest && canImprove(nodes, following, depth, longest, options) ? following : [];
    yield [...nodes];
  }
  return { nodes, texts: bestTexts(nodes, start, options.best) };
}

/** The `count` most probable next tokens of one text. */
function continuations(
  from: Open,
  before: number,
  logProbabilities: Float64Array,
  count: number,
): readonly Candidate[] {
  const ids = Array.from(logProbabilities.keys()).filter(
    (id) => logProbabilities[id] > Number.NEGATIVE_INFINITY,
  );
  ids.sort((a, b) => logProbabilities[b] - logProbabilities[a] || a - b);
  return ids.slice(0, count).map((id) => {
    const logProbability = logProbabilities[id];
    return { from, id, logProbability, total: before + logProbability };
  });
}

/** Whether a followed text could still score above the worst of the `beams` best finished ones, if all its later tokens were certain. */
function canImprove(
  nodes: readonly BeamNode[],
  following: readonly Open[],
  depth: number,
  longest: number,
  { beams, lengthPenalty }: BeamOptions,
): boolean {
  const scores = finishedNodes(nodes).map(([node]) => node.score ?? Number.NEGATIVE_INFINITY);
  if (scores.length < beams) return true;
  const length = lengthPenalty > 0 ? longest : depth + 1;
  return following.some(({ node }) => nodes[node].total / length ** lengthPenalty > scores[beams - 1]);
}

/** Finished nodes with their indices, best score first. */
function finishedNodes(nodes: readonly BeamNode[]): [BeamNode, number][] {
  return nodes
    .map((node, index): [BeamNode, number] => [node, index])
    .filter(([node]) => node.state === "finished")
    .sort(([a], [b]) => (b.score ?? 0) - (a.score ?? 0));
}

function bestTexts(nodes: readonly BeamNode[], start: readonly number[], count: number): readonly BeamText[] {
  return finishedNodes(nodes)
    .slice(0, count)
    .map(([{ total, score }, node]) => ({
      ids: [...start, ...idsTo(nodes, node)],
      node,
      logProbability: total,
      score: score ?? Number.NEGATIVE_INFINITY,
    }));
}

/** The emitted ids from the root to a node. */
export function idsTo(nodes: readonly BeamNode[], index: number): readonly number[] {
  const { parent, id } = nodes[index];
  return parent < 0 ? [] : [...idsTo(nodes, parent), id];
}
