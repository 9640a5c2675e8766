import type { View } from "../store/views";
import { later } from "./later";

/** Each view as a figure that stands alone; its code comes when it is shown. */
export const FIGURES = {
  steps: later(() => import("./StepsAndCell").then(({ StepsAndCell }) => StepsAndCell)),
  heads: later(() => import("../views/heads/Heads").then(({ Heads }) => Heads)),
  block: later(() => import("../views/block/Block").then(({ Block }) => Block)),
  output: later(() => import("../views/output/Output").then(({ Output }) => Output)),
  lines: later(() => import("../views/lines/Lines").then(({ Lines }) => Lines)),
  neuron: later(() => import("../views/neuron/Neuron").then(({ Neuron }) => Neuron)),
  position: later(() => import("../views/position/Position").then(({ Position }) => Position)),
  decode: later(() => import("../views/decode/Decode").then(({ Decode }) => Decode)),
  compare: later(() => import("../views/compare/Compare").then(({ Compare }) => Compare)),
  lab: later(() => import("../views/lab/LabFigure").then(({ LabFigure }) => LabFigure)),
  training: later(() => import("../views/training/Training").then(({ Training }) => Training)),
  digits: later(() => import("../views/digits/Digits").then(({ Digits }) => Digits)),
  atlas: later(() => import("../views/atlas/Atlas").then(({ Atlas }) => Atlas)),
} as const satisfies Record<View, ReturnType<typeof later>>;
