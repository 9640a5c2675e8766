import { patchPositions } from "../../engine/input";
import type { ModelSpec } from "../../engine/spec";
import { vocabOf } from "../../engine/weights";
import type { Language } from "../../i18n/language";
import type { ShippedSpecs } from "../../store/useShippedSpecs";
import { FAMILY } from "./family";
import { BRANCHES, type Branch, type Member } from "./member";
import type { Shape } from "./shape";

/** A model of the atlas, with how deep it hangs in its branch and, where it runs here, its id. */
export interface Entry extends Member {
  readonly depth: number;
  readonly runs: string | null;
}

/** The year of our own models. */
const OURS = 2026;

/** Every model by branch, children after their parents; ours last. */
export function branches(
  specs: ShippedSpecs,
  language: Language,
): readonly { readonly branch: Branch; readonly entries: readonly Entry[] }[] {
  const ours = specs.map(
    ({ model, spec }): Entry => ({
      id: model.id,
      name: model.names[language],
      year: OURS,
      branch: branchOf(spec),
      from: null,
      shape: shapeOf(spec),
      published: null,
      source: `public/${model.path}config.json`,
      depth: 0,
      runs: model.id,
    }),
  );
  return BRANCHES.map((branch) => ({
    branch,
    entries: [
      ...treeOf(FAMILY.filter((each) => each.branch === branch)),
      ...ours.filter((each) => each.branch === branch),
    ],
  }));
}

/** Members of one branch in the order of a walk from the roots, with their depth. */
function treeOf(members: readonly Member[], from: Member | null = null, depth = 0): readonly Entry[] {
  const ids = new Set(members.map(({ id }) => id));
  const here = members.filter((each) =>
    from === null ? each.from === null || !ids.has(each.from) : each.from === from.id,
  );
  return here.flatMap((each) => [{ ...each, depth, runs: null }, ...treeOf(members, each, depth + 1)]);
}

function branchOf(spec: ModelSpec): Branch {
  if (spec.stacks[0]?.embed.kind === "patches") return "image";
  if (spec.stacks.length > 1) return "both";
  const mask = spec.stacks[0]?.layers[0]?.attn.mask;
  return mask?.kind === "causal" || (mask?.kind === "window" && mask.causal) ? "decoder" : "encoder";
}

/** The shape of a model that runs here. */
export function shapeOf(spec: ModelSpec): Shape | null {
  const stack = spec.stacks.at(-1);
  const block = stack?.layers[0];
  if (stack === undefined || block === undefined) return null;
  const { embed, dModel } = stack;
  const layersOf = (index: number) => spec.stacks[index]?.layers.length ?? 0;
  const reads = spec.stacks.length > 1 || branchOf(spec) === "decoder";
  const { nHeads: heads, dHead } = block.attn;
  return {
    encoder: reads && spec.stacks.length === 1 ? 0 : layersOf(0),
    decoder: spec.stacks.length > 1 ? layersOf(1) : reads ? layersOf(0) : 0,
    dModel,
    heads,
    dHead,
    dMlp: block.mlp.gated ? 1.5 * block.mlp.dMlp : block.mlp.dMlp,
    vocab: vocabOf(spec),
    context: spec.context,
    ...(embed.kind === "tokens" && { embedWidth: embed.width }),
    ...(embed.kind === "patches" && { fixed: patchPositions(embed), context: patchPositions(embed) }),
    ...(block.attn.mask.kind === "window" && { window: block.attn.mask.size }),
    shared: stack.layers.length > 1 && stack.layers.every(({ weightsOf }) => weightsOf === 0),
  };
}
