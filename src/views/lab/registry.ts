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
  normaliser: {
    group: "scores",
    load: () => import("./cards/normaliser").then(({ normaliser }) => normaliser),
  },
  noise: { group: "scores", load: () => import("./cards/noise").then(({ noise }) => noise) },
  concentrate: {
    group: "scores",
    load: () => import("./cards/concentrate").then(({ concentrate }) => concentrate),
  },
  scoreRule: { group: "scores", load: () => import("./cards/scoreRule").then(({ scoreRule }) => scoreRule) },
  maskValue: { group: "masks", load: () => import("./cards/maskValue").then(({ maskValue }) => maskValue) },
  futureMask: {
    group: "masks",
    load: () => import("./cards/futureMask").then(({ futureMask }) => futureMask),
  },
  maskShape: { group: "masks", load: () => import("./cards/maskShape").then(({ maskShape }) => maskShape) },
  positions: {
    group: "positions",
    load: () => import("./cards/positions").then(({ positions }) => positions),
  },
  extrapolate: {
    group: "positions",
    load: () => import("./cards/extrapolate").then(({ extrapolate }) => extrapolate),
  },
  permute: { group: "positions", load: () => import("./cards/permute").then(({ permute }) => permute) },
  oneHead: { group: "heads", load: () => import("./cards/oneHead").then(({ oneHead }) => oneHead) },
  ablate: { group: "heads", load: () => import("./cards/ablate").then(({ ablate }) => ablate) },
  edge: { group: "heads", load: () => import("./cards/edge").then(({ edge }) => edge) },
  reach: { group: "heads", load: () => import("./cards/reach").then(({ reach }) => reach) },
  patching: { group: "heads", load: () => import("./cards/patching").then(({ patching }) => patching) },
  residual: { group: "residual", load: () => import("./cards/residual").then(({ residual }) => residual) },
  layerNorm: {
    group: "residual",
    load: () => import("./cards/layerNorm").then(({ layerNorm }) => layerNorm),
  },
  prePost: { group: "residual", load: () => import("./cards/prePost").then(({ prePost }) => prePost) },
  gau: { group: "mechanisms", load: () => import("./cards/gau").then(({ gau }) => gau) },
  recurrence: {
    group: "mechanisms",
    load: () => import("./cards/recurrence").then(({ recurrence }) => recurrence),
  },
  paths: { group: "mechanisms", load: () => import("./cards/paths").then(({ paths }) => paths) },
  convolution: {
    group: "mechanisms",
    load: () => import("./cards/convolution").then(({ convolution }) => convolution),
  },
  impact: { group: "analyses", load: () => import("./cards/impact").then(({ impact }) => impact) },
} as const satisfies Record<string, Entry>;

export type ExperimentId = keyof typeof EXPERIMENTS;

export const EXPERIMENT_IDS = Object.keys(EXPERIMENTS) as ExperimentId[];

export function isExperiment(id: string | null): id is ExperimentId {
  return id !== null && Object.hasOwn(EXPERIMENTS, id);
}

const loaded = new Map<ExperimentId, Card>();

/** The experiment's card, where its code has come. */
export function loadedCard(id: ExperimentId): Card | null {
  return loaded.get(id) ?? null;
}

/** Fetches the code of an experiment's card. */
export async function loadCard(id: ExperimentId): Promise<Card> {
  const card = await EXPERIMENTS[id].load();
  loaded.set(id, card);
  return card;
}
