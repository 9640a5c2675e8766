import { createRng } from "../../engine/rng";
import { dotOf } from "../matrix";
import { softmax } from "../softmaxJacobian";
import { addTo, apply, applyTransposed, type Dense, seededMatrix } from "./seededMatrix";

/** A model of a sequence with seeded weights, run once: its last state, and how that changes with each word. */
export interface SequenceRun {
  /** [width] */
  readonly last: Float64Array;
  /** Gradient of cotangent·last to every word. [pos][words' width] */
  pull(cotangent: Float64Array): readonly Float64Array[];
}

export interface SequenceOptions {
  /** Width of a state. */
  readonly width: number;
  readonly seed: number;
}

type Words = readonly ArrayLike<number>[];

/** h_t = tanh(W h_{t−1} + U x_t): one step after another (Elman 1990). */
export function recurrent(words: Words, { width, seed }: SequenceOptions): SequenceRun {
  const rng = createRng(seed);
  const W = seededMatrix(rng, width, width);
  const U = seededMatrix(rng, width, words[0]?.length ?? 1);
  const states: Float64Array[] = [];
  for (const word of words) {
    const before = states.at(-1) ?? new Float64Array(width);
    states.push(addTo(apply(W, before), apply(U, word)).map(Math.tanh));
  }
  return {
    last: states.at(-1) ?? new Float64Array(width),
    pull(cotangent) {
      let flowing = cotangent;
      return states
        .toReversed()
        .map((state) => {
          const delta = throughTanh(flowing, state);
          flowing = applyTransposed(W, delta);
          return applyTransposed(U, delta);
        })
        .toReversed();
    },
  };
}

/** Layers that a causal convolution needs until the last position has seen the first. */
export function convolutionLayers(length: number, kernel: number, dilated: boolean): number {
  if (length <= 1 || kernel < 2) return 1;
  return dilated
    ? Math.ceil(Math.log(length) / Math.log(kernel) - 1e-9)
    : Math.ceil((length - 1) / (kernel - 1));
}

/**
 * y_t = tanh(Σ_o W_o x_{t − o·s}), o < kernel, layer on layer until the last position has seen the first; s is 1, or
 * kernel^layer where it is dilated (van den Oord et al. 2016).
 */
export function convolutional(
  words: Words,
  { width, seed, kernel, dilated }: SequenceOptions & { readonly kernel: number; readonly dilated: boolean },
): SequenceRun {
  const rng = createRng(seed);
  const U = seededMatrix(rng, width, words[0]?.length ?? 1);
  const layers = Array.from({ length: convolutionLayers(words.length, kernel, dilated) }, (_, layer) => ({
    step: dilated ? kernel ** layer : 1,
    kernels: Array.from({ length: kernel }, () => seededMatrix(rng, width, width, 1 / Math.sqrt(kernel))),
  }));
  const states: Float64Array[][] = [words.map((word) => apply(U, word))];
  for (const { step, kernels } of layers) {
    const below = states.at(-1) ?? [];
    states.push(
      below.map((_, t) => {
        const sum = new Float64Array(width);
        for (const { from, kernel: W } of taps(t, step, kernels)) addTo(sum, apply(W, below[from] ?? []));
        return sum.map(Math.tanh);
      }),
    );
  }
  return {
    last: states.at(-1)?.at(-1) ?? new Float64Array(width),
    pull(cotangent) {
      let flowing = words.map((_, t) => (t === words.length - 1 ? cotangent : new Float64Array(width)));
      for (let layer = layers.length - 1; layer >= 0; layer--) {
        const { step = 1, kernels = [] } = layers[layer] ?? {};
        const below = words.map(() => new Float64Array(width));
        flowing.forEach((each, t) => {
          const delta = throughTanh(each, states[layer + 1]?.[t] ?? each);
          for (const { from, kernel: W } of taps(t, step, kernels)) {
            addTo(below[from] ?? delta, applyTransposed(W, delta));
          }
        });
        flowing = below;
      }
      return flowing.map((each) => applyTransposed(U, each));
    },
  };
}

/** z_n = Σ_j a_j V x_j, a = softmax_j(Q x_n·K x_j/√width): the last word looks at all of them at once. */
export function attentive(words: Words, { width, seed }: SequenceOptions): SequenceRun {
  const rng = createRng(seed);
  const [Q, K, V] = [0, 1, 2].map(() => seededMatrix(rng, width, words[0]?.length ?? 1)) as [
    Dense,
    Dense,
    Dense,
  ];
  const root = Math.sqrt(width);
  const q = apply(Q, words.at(-1) ?? []);
  const keys = words.map((word) => apply(K, word));
  const values = words.map((word) => apply(V, word));
  const shares = softmax(keys.map((key) => dotOf(q, key) / root));
  const last = new Float64Array(width);
  values.forEach((value, j) => {
    addTo(last, value, shares[j] ?? 0);
  });
  return {
    last,
    pull(cotangent) {
      // ∂(g·z)/∂s_j = a_j g·(v_j − z)
      const slopes = values.map(
        (value, j) => (shares[j] ?? 0) * (dotOf(cotangent, value) - dotOf(cotangent, last)),
      );
      const toQuery = new Float64Array(width);
      const grads = words.map((_, j) => {
        addTo(toQuery, keys[j] ?? [], (slopes[j] ?? 0) / root);
        const own = applyTransposed(
          V,
          cotangent.map((each) => each * (shares[j] ?? 0)),
        );
        return addTo(own, applyTransposed(K, q), (slopes[j] ?? 0) / root);
      });
      const final = grads.at(-1);
      if (final !== undefined) addTo(final, applyTransposed(Q, toQuery));
      return grads;
    },
  };
}

/** How strongly the last state depends on each word: the Frobenius norm of its Jacobian. → [pos] */
export function jacobianNorms({ last, pull }: SequenceRun): Float32Array {
  const squares: number[] = [];
  last.forEach((_, d) => {
    const unit = new Float64Array(last.length);
    unit[d] = 1;
    pull(unit).forEach((grad, t) => {
      squares[t] = (squares[t] ?? 0) + dotOf(grad, grad);
    });
  });
  return Float32Array.from(squares, Math.sqrt);
}

/** The positions that a causal kernel reads at t, each with its weights; what lies before the text is zero. */
function taps(t: number, step: number, kernels: readonly Dense[]) {
  return kernels
    .map((kernel, offset) => ({ from: t - offset * step, kernel }))
    .filter(({ from }) => from >= 0);
}

/** The cotangent of a sum from that of its tanh. */
function throughTanh(cotangent: Float64Array, state: Float64Array): Float64Array {
  return cotangent.map((each, d) => each * (1 - (state[d] ?? 0) ** 2));
}
