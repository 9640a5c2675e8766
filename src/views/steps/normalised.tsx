import type { ReactNode } from "react";
import { Apply } from "../../components/Equation";
import type { Normaliser } from "../../engine/spec";

/** How scores become a pattern. */
export const NORMALISED: Readonly<Record<Normaliser["kind"], (scores: ReactNode) => ReactNode>> = {
  softmax: (scores) => <Apply name="softmax">{scores}</Apply>,
  softmaxPlusOne: (scores) => (
    <Apply name="softmax">
      <mn>0</mn>
      <mo>,</mo>
      {scores}
    </Apply>
  ),
  squaredRelu: (scores) => (
    <mrow>
      <mfrac>
        <mn>1</mn>
        <mi>n</mi>
      </mfrac>
      <Apply
        name={
          <msup>
            <mi>relu</mi>
            <mn>2</mn>
          </msup>
        }
      >
        {scores}
      </Apply>
    </mrow>
  ),
  sum: (scores) => (
    <mfrac>
      {scores}
      <mrow>
        <mo>∑</mo>
        {scores}
      </mrow>
    </mfrac>
  ),
  none: (scores) => scores,
};
