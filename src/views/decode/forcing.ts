import { log2Softmax, logitsAt } from "../../analysis/distribution";
import type { Trace } from "../../engine/trace";

/** One step of a decoder that is given the target: what it reads, what it should say, and how likely it finds that. */
export interface ForcedStep {
  /** What the decoder reads at this position: the target shifted right by one. */
  readonly reads: string;
  /** The token that should come; null for the end of the text. */
  readonly target: string | null;
  readonly probability: number;
  /** 1 for the likeliest token of the vocabulary. */
  readonly rank: number;
  /** The likeliest token, and its probability. */
  readonly best: { readonly id: number; readonly probability: number };
}

/** Every step of the target in a trace of an encoder–decoder; none where it holds no logits for them. */
export function forcedSteps({ decoderTokens, sites, spec }: Trace): readonly ForcedStep[] {
  const { logits } = sites;
  if (decoderTokens === null || logits === undefined || logits.shape[0] !== decoderTokens.length) return [];
  const { eos } = spec.ids;
  return decoderTokens.flatMap((token, position) => {
    const next = decoderTokens[position + 1];
    const id = next?.id ?? eos;
    if (id === null) return [];
    const log2 = log2Softmax(logitsAt(logits, position));
    const own = log2[id] ?? Number.NEGATIVE_INFINITY;
    const best = log2.reduce((most, bits, at) => (bits > (log2[most] ?? 0) ? at : most), 0);
    return [
      {
        reads: token.text,
        target: next?.text ?? null,
        probability: 2 ** own,
        rank: 1 + log2.filter((other) => other > own).length,
        best: { id: best, probability: 2 ** (log2[best] ?? Number.NEGATIVE_INFINITY) },
      },
    ];
  });
}
