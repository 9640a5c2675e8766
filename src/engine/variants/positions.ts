import { alibiSlopes, rotaryFrequencies } from "../positions";
import type {
  AttentionPositions,
  AttentionSpec,
  EmbedSpec,
  InputPositions,
  ModelSpec,
  StackSpec,
} from "../spec";
import type { VariantChange } from "../variants";
import { isCount, mapAttention, require } from "./scope";

type PositionChange = Extract<VariantChange, { kind: "positions" }>;

/** The longest input that a variant may ask for. */
const LONGEST_CONTEXT = 4096;

/** Another position scheme instead of the model's own, at the input of every stack and in every self-attention. */
export function changePositions(spec: ModelSpec, change: PositionChange): ModelSpec {
  const stacks = spec.stacks.map((stack) => {
    const positions = inputPositions(stack.embed, change, spec.context);
    const { at = "input" } = positions.kind === "none" ? {} : positions;
    const width = stack.embed.kind === "tokens" ? stack.embed.width : stack.dModel;
    require(at === "input" || width === stack.dModel, "positions", "narrowEmbedding");
    return { ...stack, embed: { ...stack.embed, positions } };
  });
  return mapAttention({ ...spec, stacks }, {}, (attn, stack) => ({
    ...attn,
    positions: attentionPositions(attn, stack, change),
  }));
}

function inputPositions(
  embed: EmbedSpec,
  { scheme, at, past }: PositionChange,
  context: number,
): InputPositions {
  const own = embed.positions;
  const place = at === undefined ? {} : { at };
  if (scheme === "sinusoidal") {
    const before = own.kind === "sinusoidal" ? own : { layout: "interleaved" as const, base: 10_000 };
    return { ...before, kind: "sinusoidal", ...place };
  }
  if (scheme === "learned") {
    const before = own.kind === "learned" ? own : { offset: 0, length: context, skipId: null };
    return { ...before, kind: "learned", ...place, ...(past === undefined ? {} : { past }) };
  }
  return { kind: "none" };
}

function attentionPositions(
  { positions: own, nHeads, dHead, mask }: AttentionSpec,
  { name }: StackSpec,
  { scheme, use }: PositionChange,
): AttentionPositions {
  const how = use === undefined ? {} : { use };
  switch (scheme) {
    case "none":
    case "sinusoidal":
    case "learned":
      return { kind: "none" };
    case "alibi":
      return own.kind === "alibi"
        ? { ...own, ...how }
        : { kind: "alibi", slopes: alibiSlopes(nHeads), ...how };
    case "rotary":
      if (own.kind === "rotary") return own;
      require(dHead % 2 === 0, "positions", "oddWidth");
      return {
        kind: "rotary",
        dims: dHead,
        layout: "halves",
        inverseFrequencies: rotaryFrequencies(dHead, 10_000),
        factor: 1,
      };
    case "buckets":
      if (own.kind === "buckets") return { ...own, ...how };
      return {
        kind: "buckets",
        buckets: 32,
        maxDistance: 128,
        bidirectional: mask.kind === "none",
        table: `${name}.0.attn.W_rel`,
        ...how,
      };
    default:
      return scheme satisfies never;
  }
}

/** A longer context than the model was trained on. What its positions cannot do shows when it is run. */
export function changeContext(
  spec: ModelSpec,
  { length }: Extract<VariantChange, { kind: "context" }>,
): ModelSpec {
  require(isCount(length) && length <= LONGEST_CONTEXT, "context", "badSize");
  return { ...spec, context: length };
}
