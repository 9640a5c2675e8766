import { MissingSiteError } from "../errors";
import type { PreparedModel } from "../prepare";
import type { Tensor } from "../tensor";
import type { Sites } from "../trace";

/** What the way back carries: the trace that it reads, and the gradients that it has found. */
export interface Tape {
  readonly model: PreparedModel;
  /** Values of a site of the trace. Throws MissingSiteError. */
  site(name: string): Float32Array;
  has(name: string): boolean;
  /**
   * The loss changes by this much per unit of the site `name`: keeps a copy as `{name}_grad` when the trace has the site,
   * and returns the gradient.
   */
  put(name: string, gradient: Float32Array): Float32Array;
  readonly gradients: Map<string, Tensor>;
}

export function createTape(model: PreparedModel, sites: Sites): Tape {
  const values = new Map(Object.entries(sites) as [string, Tensor][]);
  const gradients = new Map<string, Tensor>();
  return {
    model,
    gradients,
    has: (name) => values.has(name),
    site(name) {
      const tensor = values.get(name);
      if (tensor === undefined) throw new MissingSiteError({ site: "the gradient", needs: name });
      return tensor.data;
    },
    put(name, gradient) {
      const tensor = values.get(name);
      if (tensor !== undefined) {
        const { shape, axes } = tensor;
        gradients.set(`${name}_grad`, { data: gradient.slice(), shape, axes });
      }
      return gradient;
    },
  };
}

/** a + b, entrywise: the gradient of a value that is read in two places. */
export function plus(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, n) => value + b[n]);
}
