import type { HTMLAttributes, RefAttributes } from "react";

type MathProps = HTMLAttributes<MathMLElement> &
  RefAttributes<MathMLElement> & {
    display?: "inline" | "block";
    stretchy?: "true" | "false";
    mathvariant?: "normal";
  };

/** The MathML elements that formulas are written with. */
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      math: MathProps;
      mrow: MathProps;
      mi: MathProps;
      mn: MathProps;
      mo: MathProps;
      mtext: MathProps;
      mfrac: MathProps;
      msqrt: MathProps;
      msub: MathProps;
      msup: MathProps;
      msubsup: MathProps;
      munder: MathProps;
      munderover: MathProps;
      mover: MathProps;
      mspace: MathProps & { width?: string };
    }
  }
}
