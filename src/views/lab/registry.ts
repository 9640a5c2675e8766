import type { Card, Group } from "./card";

interface Entry {
  readonly group: Group;
  readonly load: () => Promise<Card>;
}

/** Every experiment of the lab, in the order of the page. Its code comes when it is first seen. */
export const EXPERIMENTS = {
  scale: { group: "scores", load: () => import("./cards/scale").then(({ scale }) => scale) },
  variance: { group: "scores", load: () => import("./cards/variance").then(({ variance }) => variance) },
  jacobian: { group: "scores", load: () => import("./cards/jacobian").then(({ jacobian }) => jacobian) },
  noise: { group: "scores", load: () => import("./cards/noise").then(({ noise }) => noise) },
  concentrate: {
    group: "scores",
    load: () => import("./cards/concentrate").then(({ concentrate }) => concentrate),
  },
  ablate: { group: "heads", load: () => import("./cards/ablate").then(({ ablate }) => ablate) },
  edge: { group: "heads", load: () => import("./cards/edge").then(({ edge }) => edge) },
  reach: { group: "heads", load: () => import("./cards/reach").then(({ reach }) => reach) },
} as const satisfies Record<string, Entry>;

export type ExperimentId = keyof typeof EXPERIMENTS;

export const EXPERIMENT_IDS = Object.keys(EXPERIMENTS) as ExperimentId[];

export function isExperiment(id: string | null): id is ExperimentId {
  return id !== null && Object.hasOwn(EXPERIMENTS, id);
}

const loading = new Map<ExperimentId, Promise<Card>>();

/** The experiment's card: the same promise each time, so that a component may wait for it. */
export function cardOf(id: ExperimentId): Promise<Card> {
  const known = loading.get(id);
  if (known !== undefined) return known;
  const promise = EXPERIMENTS[id].load();
  promise.catch(() => loading.delete(id));
  loading.set(id, promise);
  return promise;
}
