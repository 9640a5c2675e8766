import type { Axis, Tensor } from "../engine/tensor";
import type { Token, Trace } from "../engine/trace";
import type { RunState } from "../store/run";
import type { Selection } from "../store/selection";
import { matrixAt, numberAt, rowOf, tensorAt, tokensAlong } from "../viz/siteView";

/** Places in words or numbers: a token is its position, or the beginning of its words in the text. */
export interface At extends Partial<Omit<Selection, "query" | "key">> {
  readonly query?: number | string;
  readonly key?: number | string;
}

/** What prose, predictions and checks read of one figure: its trace, at the figure's own selection unless they say otherwise. */
export interface Facts {
  readonly trace: Trace;
  readonly where: Selection;
  /** The position of the token that begins where the words stand in the text; −1 where they do not. */
  position(words: string, axis?: "query_pos" | "key_pos"): number;
  token(position: number, axis?: "query_pos" | "key_pos"): Token | null;
  /** The tensor of a site ("attn.hook_q": of the figure's stack and layer), or null where the trace has none. */
  tensor(part: string, at?: At): Tensor | null;
  /** One number of a site, at the query along its axis of queries and at the key along that of keys; NaN where the trace has none. */
  number(part: string, at?: At): number;
  /** The numbers of a site along its last axis, of the token `query` whatever it stands for there; empty where the trace has none. */
  row(part: string, at?: At): Float32Array;
  /** The key that a query takes most from. */
  strongest(at?: At): number;
}

/** The facts of a run, or null before it has a trace. */
export function factsOf(run: RunState | undefined, selection: Selection): Facts | null {
  const trace = run?.trace ?? null;
  if (run === undefined || trace === null) return null;
  const { source } = run.run;
  const text = "text" in source ? source.text : "";
  const target = source.kind === "seq2seq" ? source.target : "";

  const tokens = (axis: Axis, where: Selection) => tokensAlong(axis, trace, where);
  const position = (words: string, axis: Axis, where: Selection) => {
    const list = tokens(axis, where);
    const offset = (list === trace.decoderTokens ? target : text).indexOf(words);
    return offset < 0 ? -1 : list.findIndex(({ start, end }) => start <= offset && offset < end);
  };
  const place = (at: At): Selection => {
    const where = { ...selection, ...at } as Selection;
    const resolve = (value: number | string, axis: Axis) =>
      typeof value === "string" ? Math.max(0, position(value, axis, where)) : value;
    return { ...where, query: resolve(where.query, "query_pos"), key: resolve(where.key, "key_pos") };
  };
  const row = (part: string, at: At) => {
    const where = place(at);
    const tensor = tensorAt(trace, where, part);
    return tensor === null ? new Float32Array() : rowOf(matrixAt(tensor, trace, where), where.query);
  };
  return {
    trace,
    where: selection,
    position: (words, axis = "key_pos") => position(words, axis, selection),
    token: (at, axis = "key_pos") => tokens(axis, selection)[at] ?? null,
    tensor: (part, at = {}) => tensorAt(trace, place(at), part),
    number: (part, at = {}) => {
      const where = place(at);
      const tensor = tensorAt(trace, where, part);
      return tensor === null ? Number.NaN : numberAt(tensor, trace, where);
    },
    row: (part, at = {}) => row(part, at),
    strongest: (at = {}) => {
      const shares = row("attn.hook_pattern", at);
      return shares.reduce((best, share, key) => (share > (shares[best] ?? 0) ? key : best), 0);
    },
  };
}
