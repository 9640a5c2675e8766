import { useColourTheme } from "../../components/useColourTheme";
import { largestOf } from "../../viz/heatmap";
import { rampOf } from "../../viz/ramp";
import { strip } from "../../viz/strip";

interface Props {
  /** [dimensions] */
  values: Float32Array;
  x: number;
  y: number;
  width: number;
}

/** A vector as a strip inside a drawing; its own largest magnitude is the end of the ramp. */
export function StripRects({ values, x, y, width }: Props) {
  const ramp = rampOf("diverging", useColourTheme());
  return (
    <g>
      {strip(values, width, 64, ramp, largestOf(values)).map((cell) => (
        <rect key={cell.x} x={x + cell.x} y={y} width={cell.width} height={15} fill={cell.colour} />
      ))}
    </g>
  );
}
