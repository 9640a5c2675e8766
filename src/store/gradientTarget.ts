import { logitsAt } from "../analysis/distribution";
import type { Target } from "../engine/backward/output";
import { argmax } from "../engine/decode/sampling";
import type { Trace } from "../engine/trace";
import type { Selection } from "./selection";

/**
 * What gradients are taken of: the log-probability of the model's best answer at the chosen query, or at the last place
 * that it answers for. Null where the trace holds no logits.
 */
export function targetOf(trace: Trace, { query, stack }: Pick<Selection, "query" | "stack">): Target | null {
  const { logits } = trace.sites;
  if (logits === undefined) return null;
  const rows = logits.shape[0] ?? 1;
  const tokens = trace.decoderTokens ?? trace.tokens;
  const answers = stack === trace.spec.stacks.at(-1)?.name && rows === tokens.length;
  const row = answers ? Math.min(query, rows - 1) : rows - 1;
  const isWhole = trace.spec.heads.every((head) => head.kind === "sequence");
  const position = isWhole ? 0 : rows === tokens.length ? row : tokens.length - 1;
  const id = argmax(logitsAt(logits, row));
  return { kind: "logProbability", site: "logits", targets: [{ position, id }] };
}
