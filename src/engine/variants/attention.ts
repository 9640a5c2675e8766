import { alibiSlopes, rotaryFrequencies } from "../positions";
import type { AttentionPositions, AttentionSpec, MaskSpec, ModelSpec } from "../spec";
import type { VariantChange } from "../variants";
import { isCount, mapAttention, require } from "./scope";

type Change<K extends VariantChange["kind"]> = Extract<VariantChange, { kind: K }>;

/** scale ← the number, 1, 1/√d_head or 1/d_head, in cross-attention too. */
export function changeScale(spec: ModelSpec, change: Change<"scale">): ModelSpec {
  const { by } = change;
  require(typeof by !== "number" || Number.isFinite(by), "scale", "notFinite");
  return mapAttention(spec, change, (attn) => ({ ...attn, scale: scaleOf(by, attn.dHead) }), true);
}

function scaleOf(by: Change<"scale">["by"], dHead: number): number {
  if (typeof by === "number") return by;
  return { none: 1, root: 1 / Math.sqrt(dHead), width: 1 / dHead }[by];
}

/** What hidden cells score, in cross-attention too. */
export function changeMaskValue(spec: ModelSpec, change: Change<"maskValue">): ModelSpec {
  const { value } = change;
  require(Number.isFinite(value) || value === -Infinity, "maskValue", "notFinite");
  return mapAttention(spec, change, (attn) => ({ ...attn, maskValue: value }), true);
}

export function changeMask(spec: ModelSpec, change: Change<"mask">): ModelSpec {
  require(isMask(change.mask), "mask", "badSize");
  return mapAttention(spec, change, (attn) => ({ ...attn, mask: change.mask }));
}

/** Whether the sizes of a mask count something; a part of it may be missing altogether (0). */
function isMask(mask: MaskSpec): boolean {
  const isAmount = (value: number) => value === 0 || isCount(value);
  switch (mask.kind) {
    case "none":
    case "causal":
      return true;
    case "window":
    case "block":
      return isCount(mask.size);
    case "dilated":
      return isCount(mask.step);
    case "strided":
      return isCount(mask.size) && isCount(mask.step);
    case "longformer":
      return isCount(mask.size) && isAmount(mask.globals);
    case "bigbird":
      return isCount(mask.size) && isAmount(mask.globals) && isAmount(mask.random);
    case "prefix":
      return isAmount(mask.length);
    case "segments":
      return isCount(mask.size) && isAmount(mask.memory);
    case "drawn":
      return mask.rows.every((row) => /^[01]*$/.test(row));
    default:
      return mask satisfies never;
  }
}

export function changeNormaliser(spec: ModelSpec, change: Change<"normaliser">): ModelSpec {
  const { normaliser } = change;
  const temperature = "temperature" in normaliser ? normaliser.temperature : 1;
  require(Number.isFinite(temperature) && temperature > 0, "normaliser", "notPositive");
  return mapAttention(spec, change, (attn) => ({ ...attn, normaliser }), true);
}

/**
 * "merge": one head as wide as all, "split": each head as two of half the width (both with 1/√d_head of the new width
 * where the model had that of the old), or heads whose values are left out. Weights stay: they are only cut elsewhere.
 */
export function changeHeads(spec: ModelSpec, change: Change<"heads">): ModelSpec {
  const { heads } = change;
  return mapAttention(spec, change, (attn) => {
    if (heads !== "merge" && heads !== "split") {
      require(heads.every((head) => head in Array.from({ length: attn.nHeads })), "heads", "noHead");
      return { ...attn, dropped: heads };
    }
    require(attn.nKvHeads === attn.nHeads, "heads", "sharedKeys");
    require(attn.score.kind === "dot" || attn.score.kind === "linear", "heads", "ownScores");
    require(heads === "merge" || attn.dHead % 2 === 0, "heads", "oddWidth");
    const nHeads = heads === "merge" ? 1 : attn.nHeads * 2;
    return withHeads(attn, nHeads, (attn.nHeads * attn.dHead) / nHeads, "heads");
  });
}

/** The attention with another number of heads and width, and what positions and scale make of that. */
export function withHeads(attn: AttentionSpec, nHeads: number, dHead: number, change: string): AttentionSpec {
  const isRoot = Math.abs(attn.scale * Math.sqrt(attn.dHead) - 1) < 1e-9;
  const { dropped: _, ...rest } = attn;
  return {
    ...rest,
    nHeads,
    nKvHeads: nHeads,
    dHead,
    scale: isRoot ? 1 / Math.sqrt(dHead) : attn.scale,
    positions: positionsFor(attn.positions, nHeads, dHead, change),
  };
}

function positionsFor(
  positions: AttentionPositions,
  nHeads: number,
  dHead: number,
  change: string,
): AttentionPositions {
  switch (positions.kind) {
    case "none":
      return positions;
    case "alibi":
      return { ...positions, slopes: alibiSlopes(nHeads) };
    case "rotary":
      require(dHead % 2 === 0, change, "oddWidth");
      return { ...positions, dims: dHead, inverseFrequencies: rotaryFrequencies(dHead, 10_000) };
    case "buckets":
      return { ...positions, table: `${positions.table}.${nHeads}` };
    default:
      return positions satisfies never;
  }
}
