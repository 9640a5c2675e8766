/** What is known of a sublayer for drawing it. */
export interface Branch {
  readonly hasNorm: boolean;
}

export interface WiringOptions {
  readonly place: "pre" | "post";
  /** All branches leave the stream at the same point. */
  readonly parallel: boolean;
  readonly residual: boolean;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface BranchDrawing {
  /** From the stream into the boxes, and back to it. */
  readonly wires: readonly string[];
  readonly box: Rect;
  readonly norm: Rect | null;
  /** x where it leaves the stream and where it comes back. */
  readonly left: number;
  readonly back: number;
  /** Middle of the ⊕, or null where nothing is added. */
  readonly plus: { readonly x: number; readonly y: number } | null;
  /** Where its words begin: what it writes, its norm, and the stream after it. */
  readonly writes: { readonly x: number; readonly y: number };
  readonly normText: { readonly x: number; readonly y: number };
  /** Whether those words must stand in two lines: a norm on the stream has the next branch beside it. */
  readonly isNarrow: boolean;
  readonly after: { readonly x: number; readonly y: number };
}

export interface Wiring {
  readonly width: number;
  readonly height: number;
  /** Pieces of the residual stream itself. */
  readonly stream: readonly string[];
  readonly branches: readonly BranchDrawing[];
}

/** y of the residual stream, and of the first branch; room for words below a box. */
const STREAM = 32;
const DEEP = 98;
const BELOW = 88;
/** Room before the first branch for the incoming vector, and the length of one branch: three stand closer, so that words stay readable. */
const LEAD = 124;
const LENGTH = 336;
const CLOSE = 300;
/** The length of the last branch, with room for the words behind it, and the room behind the stream's end. */
const LAST = 344;
const TAIL = 8;

/** A block as it is wired: the stream as a line, each sublayer as a branch that leaves it and is added back. */
export function wiring(branches: readonly Branch[], { place, parallel, residual }: WiringOptions): Wiring {
  const length = branches.length > 2 ? CLOSE : LENGTH;
  const width = LEAD + length * (branches.length - 1) + LAST;
  const drawn = branches.map(({ hasNorm }, at): BranchDrawing => {
    const start = LEAD + length * at;
    const leave = parallel ? LEAD : start;
    const y = DEEP + (parallel ? BELOW * at : 0);
    const isPre = hasNorm && place === "pre";
    const isPost = hasNorm && place === "post";
    const boxX = start + (isPre ? 112 : 56);
    const back = start + (isPost ? 206 : 262);
    const norm = isPre
      ? { x: start + 24, y: y - 13, width: 62, height: 26 }
      : isPost
        ? { x: back + 28, y: STREAM - 13, width: 62, height: 26 }
        : null;
    const into = isPre
      ? `M${leave} ${STREAM}V${y}H${start + 24}M${start + 86} ${y}H${boxX}`
      : `M${leave} ${STREAM}V${y}H${boxX}`;
    return {
      wires: [into, `M${boxX + 104} ${y}H${back}V${STREAM + (residual ? 11 : 0)}`],
      box: { x: boxX, y: y - 18, width: 104, height: 36 },
      norm,
      left: leave,
      back,
      plus: residual ? { x: back, y: STREAM } : null,
      writes: { x: boxX, y: y + 34 },
      isNarrow: isPost,
      normText: isPost ? { x: back + 20, y: STREAM + 30 } : { x: start + 8, y: y - 28 },
      after: { x: back + 18, y: STREAM - 18 },
    };
  });
  const end = width - TAIL;
  const gaps = residual ? [] : drawn.map(({ left, back }) => [left, back]);
  const deepest = Math.max(...drawn.map(({ writes }) => writes.y));
  return { width, height: deepest + 36, stream: broken(gaps, end), branches: drawn };
}

/** The stream without the pieces that a branch replaces; all of it where nothing does. */
function broken(gaps: readonly (readonly number[])[], end: number): readonly string[] {
  const edges = [10, ...gaps.flat(), end];
  return Array.from(
    { length: edges.length / 2 },
    (_, piece) => `M${edges[2 * piece]} ${STREAM}H${edges[2 * piece + 1]}`,
  );
}
