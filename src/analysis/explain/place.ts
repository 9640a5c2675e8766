import { UnknownSiteError } from "../../engine/errors";
import { type AttentionPlace, axesOf, type NormPlace, stackPrefix } from "../../engine/sites";
import type { AttentionSpec, BlockSpec, ModelSpec, StackSpec } from "../../engine/spec";

/** Where a site stands in an architecture: its stack, block and part, and its name within that part. */
export interface Place {
  readonly spec: ModelSpec;
  readonly site: string;
  readonly stack: StackSpec;
  readonly layer: number | null;
  /** "blocks.0." or, for a stack's own sites, "", "encoder." or "decoder.". */
  readonly prefix: string;
  readonly part: AttentionPlace | NormPlace | "ln_final" | "embed.ln" | "mlm_head.ln" | "";
  /** What follows prefix and part: "hook_scale", "mlp.hook_pre", "logits". */
  readonly local: string;
}

const SHAPE =
  /^(?:(?<block>(?:blocks|encoder|decoder)\.\d+)\.|(?<two>encoder|decoder)\.)?(?:(?<part>cross_attn|attn|ln[123]|ln_final|embed\.ln|mlm_head\.ln)\.)?(?<local>.+)$/;

/** Reads a site's name against the architecture. Throws UnknownSiteError if the model has no such stack, layer or site. */
export function placeOf(spec: ModelSpec, site: string): Place {
  const groups = SHAPE.exec(site)?.groups ?? {};
  const [name, number] = groups.block?.split(".") ?? [groups.two];
  const stack =
    name === undefined ? ownerOfBareName(spec, site) : spec.stacks.find((each) => each.name === name);
  const layer = number === undefined ? null : Number(number);
  if (stack === undefined || axesOf(site) === null || (layer !== null && stack.layers[layer] === undefined)) {
    throw new UnknownSiteError({ site, model: spec.family });
  }
  return {
    spec,
    site,
    stack,
    layer,
    prefix: layer === null ? stackPrefix(stack.name) : `${stack.name}.${layer}.`,
    part: (groups.part ?? "") as Place["part"],
    local: groups.local ?? "",
  };
}

/** Bare names belong to the only stack; what is read off the model at the end, to the last one. */
function ownerOfBareName(spec: ModelSpec, site: string): StackSpec | undefined {
  const isOutput = axesOf(`encoder.${site}`) === null;
  const last = spec.stacks.at(-1);
  return isOutput || last?.name === "blocks" ? last : undefined;
}

/** The block that the site is in. Throws for a stack's own sites. */
export function blockOf(place: Place): { block: BlockSpec; layer: number } {
  const block = place.layer === null ? undefined : place.stack.layers[place.layer];
  if (block === undefined || place.layer === null) throw new RangeError(`${place.site} is in no block`);
  return { block, layer: place.layer };
}

/** The attention that the site is in. */
export function attentionOf(place: Place): AttentionSpec {
  const { block } = blockOf(place);
  const attention = place.part === "cross_attn" ? block.cross : block.attn;
  if (attention === null) throw new RangeError(`this architecture has no cross-attention at ${place.site}`);
  return attention;
}

/** Prefix of the weights of the block (another layer's, where layers are shared): "blocks.0.". */
export function weightPrefix(place: Place): string {
  return place.layer === null ? place.prefix : `${place.stack.name}.${blockOf(place).block.weightsOf}.`;
}
