import { useEffect, useMemo, useRef } from "react";
import { isPermutation, tokenOrder } from "../../analysis/permutation";
import { type Word, wordsOf } from "../../analysis/words";
import type { Edit } from "../../engine/edits";
import { stackPrefix } from "../../engine/sites";
import type { StackSpec } from "../../engine/spec";
import type { Trace } from "../../engine/trace";
import type { Run } from "../../store/run";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { useSetOptions, useSettings } from "../../store/SettingsContext";

/** The words in another order, and the passes over them. */
export interface Permutation {
  /** The words that can move, in the order of the text, and the order that they have now. */
  readonly words: readonly Word[];
  readonly order: readonly number[];
  /** Which token stands at each position now. */
  readonly tokens: readonly number[];
  /** Whether both passes are made without the positions. */
  readonly bare: boolean;
  /** The pass that is compared with, and that of the permuted tokens; null until they are there. */
  readonly original: Trace | null;
  readonly permuted: Trace | null;
  change(next: { readonly order?: readonly number[]; readonly bare?: boolean }): void;
}

/**
 * Permutes the words of the first run and has the engine run them, where it can: the second run, and a third without
 * positions.
 */
export function usePermutation(trace: Trace, stack: StackSpec, canRun: boolean): Permutation {
  const store = useSessionStore();
  const second = useSession((session) => session.runs[1]?.trace ?? null);
  const third = useSession((session) => session.runs[2]?.trace ?? null);
  const words = useMemo(() => wordsOf(trace.tokens), [trace]);
  const movable = useMemo(() => words.filter((word) => !word.special), [words]);
  const text = trace.tokens.map((token) => token.id).join(" ");
  const { order: spelt, bare } = useSettings((settings) => settings.options);
  const setOptions = useSetOptions();
  const still = useMemo(() => movable.map((_, at) => at), [movable]);
  const order = useMemo(() => {
    const read = spelt?.split(".").map(Number) ?? [];
    return read.length === still.length && isPermutation(read) ? read : still;
  }, [spelt, still]);
  const tokens = useMemo(() => tokenOrder(words, order), [words, order]);

  const began = useRef(false);
  useEffect(
    () => () => {
      if (began.current) store.getState().endComparison();
    },
    [store],
  );

  const change: Permutation["change"] = (next) => {
    const to = { order: next.order ?? order, bare: next.bare ?? bare };
    const isStill = to.order.every((word, at) => word === at);
    setOptions({ order: isStill ? null : to.order.join("."), bare: to.bare });
    began.current = true;
    const { runs, selection, locked, sampling, decoding } = store.getState();
    const run = runs[0]?.run;
    if (run === undefined) return;
    const edits = to.bare ? withoutPositions(stack) : [];
    const pass = (at: readonly number[]): Run => ({
      source: { kind: "ids", model: trace.modelId, ids: at.map((token) => trace.tokens[token]?.id ?? 0) },
      edits,
      seed: run.seed,
    });
    const permuted = pass(tokenOrder(words, to.order));
    const plain = trace.tokens.map((_, at) => at);
    store.getState().restore({
      runs: to.bare ? [run, permuted, pass(plain)] : [run, permuted],
      selection,
      locked,
      sampling,
      decoding,
    });
  };

  // An order is of one text: another text begins in its own, and a link's order is run once the model can.
  const isLive = useSession(({ runs: [run] }) => run?.status === "ready" && run.input !== null);
  const ordered = useRef(text);
  useEffect(() => {
    if (ordered.current !== text) {
      ordered.current = text;
      setOptions({ order: null, bare: false });
    } else if (canRun && isLive && !began.current && (order !== still || bare)) change({});
  });

  const isOf = (made: Trace | null, at: readonly number[]) =>
    made !== null && made.tokens.map(({ id }) => id).join() === at.map((i) => trace.tokens[i]?.id).join();
  return {
    words: movable,
    order,
    tokens,
    bare,
    original: !bare
      ? trace
      : isOf(third, still.length === 0 ? [] : trace.tokens.map((_, at) => at))
        ? third
        : null,
    permuted: began.current && isOf(second, tokens) ? second : null,
    change,
  };
}

/** Takes away everything that says where a token stands and can be taken away by an edit. */
export function withoutPositions(stack: StackSpec): readonly Edit[] {
  const input = stack.embed.positions.kind;
  if (input !== "none") return [{ kind: "zero", site: `${stackPrefix(stack.name)}hook_pos_embed` }];
  return stack.layers.flatMap(({ attn }, layer): readonly Edit[] =>
    attn.positions.kind === "buckets" || attn.positions.kind === "alibi"
      ? [{ kind: "zero", site: `${stack.name}.${layer}.attn.step_bias` }]
      : [],
  );
}
