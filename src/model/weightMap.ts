/** A regular pick of rows (axis 0) or columns (axis 1): `groups` runs of `size`, `stride` apart, from `start`. */
export interface Pick {
  readonly axis: 0 | 1;
  readonly groups: number;
  readonly start: number;
  readonly size: number;
  readonly stride: number;
}

/** Where a canonical weight lies in the files of a family. */
export interface TensorRef {
  /** Names it can have, the preferred one first: with or without the prefix of a bare base model, tied or not. */
  readonly names: readonly string[];
  /** How a matrix is stored; tables and vectors are "in_out". */
  readonly layout: "in_out" | "out_in";
  /** Stored shape, where it is not simply the canonical one (or its transpose for "out_in"). */
  readonly stored?: readonly number[];
  /** The part of the stored tensor that is meant. */
  readonly pick?: Pick;
  /** Whether files may lack it, in which case it is 0; only for what the engine takes as optional, biases. */
  readonly optional?: true;
}

/** Canonical name → where it lies. */
export type WeightMap = ReadonlyMap<string, TensorRef>;

/** Builds a weight map under one list of prefixes, e.g. "transformer." and "". */
export class WeightMapBuilder {
  readonly map = new Map<string, TensorRef>();
  readonly #prefixes: readonly string[];

  constructor(prefixes: readonly string[]) {
    this.#prefixes = prefixes;
  }

  /** Names within the base model, with every prefix. */
  named(...names: string[]): readonly string[] {
    return names.flatMap((name) => this.#prefixes.map((prefix) => `${prefix}${name}`));
  }

  /** A table or vector of the base model. */
  plain(canonical: string, ...names: string[]): void {
    this.map.set(canonical, { names: this.named(...names), layout: "in_out" });
  }

  /** A matrix of torch.nn.Linear, [out, in], and its bias; the bias may be absent from the file. */
  linear(weight: string, bias: string | null, ...names: string[]): void {
    const all = this.named(...names);
    this.map.set(weight, { names: all.map((name) => `${name}.weight`), layout: "out_in" });
    if (bias !== null) {
      this.map.set(bias, { names: all.map((name) => `${name}.bias`), layout: "in_out" });
    }
  }

  /** Gain and bias of a normalisation; files of the TensorFlow days call them gamma and beta. */
  norm(canonical: string, ...names: string[]): void {
    this.plain(`${canonical}.w`, ...names.flatMap((name) => [`${name}.weight`, `${name}.gamma`]));
    this.plain(`${canonical}.b`, ...names.flatMap((name) => [`${name}.bias`, `${name}.beta`]));
  }

  /** Any other reference; its names are taken as they are. */
  set(canonical: string, ref: TensorRef): void {
    this.map.set(canonical, ref);
  }
}
