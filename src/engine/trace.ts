import type { SiteName } from "./sites";
import type { ModelSpec, StackName } from "./spec";
import type { Tensor } from "./tensor";

/** One piece of the input. `start`/`end` are UTF-16 offsets into the typed source text (equal for special tokens). */
export interface Token {
  readonly id: number;
  /** Display text: never a replacement character; a byte-level piece of a longer character says its group's text. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Index of the word that it belongs to, or −1 for special tokens. */
  readonly word: number;
  readonly special: boolean;
}

/** What one forward pass reads. Padding masks act on keys only, as in Hugging Face transformers. */
export interface RunInput {
  /** Token ids of the only or first stack; empty for an image. */
  readonly ids: readonly number[];
  /** 1 = real, 0 = padding, per position of the first stack. */
  readonly attentionMask?: readonly number[];
  readonly tokenTypeIds?: readonly number[];
  /** Ids of the decoder, with its start token, for encoder–decoder models. */
  readonly decoderIds?: readonly number[];
  /** Pixels [channels, height, width], already normalised as the model expects. */
  readonly image?: Float32Array;
}

/** Which sites a run keeps: all, or those whose name the filter accepts (see capture.ts). */
export type Capture = "all" | readonly SitePattern[];

/** A site name in which a `*` stands for any run of characters: "blocks.*.attn.hook_pattern". */
export type SitePattern = string;

export type Sites = { readonly [N in SiteName]?: Tensor };

/** Heads of one site of a long trace that were derived one by one, by their number; each without the axis of heads. */
export interface HeldHeads {
  readonly axis: "head" | "kv_head";
  /** How many there are in all. */
  readonly length: number;
  readonly of: Readonly<Record<number, Tensor>>;
}

/** One forward pass as plain data: it survives structuredClone, and its buffers can be transferred. */
export interface Trace {
  readonly modelId: string;
  readonly spec: ModelSpec;
  readonly tokens: readonly Token[];
  /** Tokens of the decoder, for encoder–decoder models. */
  readonly decoderTokens: readonly Token[] | null;
  readonly sites: Sites;
  /** By site: single heads of what a long trace left out of `sites`. */
  readonly heads?: Readonly<Record<string, HeldHeads>>;
}

/** The question "does one of these patterns match the name?": `*` stands for any run of characters, all else for itself. */
export function matcher(patterns: readonly SitePattern[]): (name: string) => boolean {
  const choices = patterns.map((pattern) =>
    pattern
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*"),
  );
  const one = new RegExp(`^(?:${choices.join("|")})$`);
  return (name) => patterns.length > 0 && one.test(name);
}

/** A site of the trace, or an error that says which site is missing. */
export function site(trace: Pick<Trace, "sites" | "modelId">, name: SiteName): Tensor {
  const tensor = trace.sites[name];
  if (tensor === undefined) {
    throw new Error(`the trace of ${trace.modelId} has no site ${name}: capture it, or derive it`);
  }
  return tensor;
}

/** The block prefix of a layer: `blocks.0`, `encoder.3`. */
export function blockName<S extends StackName>(stack: S, layer: number): `${S}.${number}` {
  return `${stack}.${layer}`;
}
