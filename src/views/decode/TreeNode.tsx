import type { DecodeNode } from "../../store/answers";
import { number } from "../../viz/format";
import { NODE } from "../../viz/searchTree";
import styles from "./SearchTree.module.css";

interface Props {
  id: string;
  x: number;
  y: number;
  node: DecodeNode;
  text: string;
  /** Everything about it in words. */
  label: string;
  isOn: boolean;
  isOnPath: boolean;
  onChoose(): void;
}

/** Characters of a token that fit into a node; SVG text does not clip itself. */
const FITS = 8;

/** One candidate: its token and the log-probability of the text up to it. */
export function TreeNode({ id, x, y, node, text, label, isOn, isOnPath, onChoose }: Props) {
  const look = {
    className: styles.node,
    "data-state": node.state,
    "data-on": isOn || undefined,
    "data-path": isOnPath || undefined,
  };
  return (
    <>
      <g
        {...look}
        id={id}
        role="treeitem"
        aria-label={label}
        aria-level={node.depth + 1}
        aria-selected={isOn}
        onClick={onChoose}
      >
        <rect x={x + 0.5} y={y - NODE.height / 2} width={NODE.width - 1} height={NODE.height} rx={4} />
      </g>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a drawing that takes no focus; the item says it in words */}
      <g {...look} aria-hidden="true" pointerEvents="none">
        <text x={x + 8} y={y}>
          {clipped(text)}
        </text>
        {node.depth > 0 && (
          <text x={x + NODE.width - 7} y={y} textAnchor="end" className={styles.total}>
            {number(Math.round(node.total * 100) / 100)}
          </text>
        )}
      </g>
    </>
  );
}

function clipped(text: string): string {
  const characters = [...text];
  const wide = characters.some((character) => character > "\u2e80");
  const fits = wide ? FITS / 2 : FITS;
  return characters.length > fits ? `${characters.slice(0, fits - 1).join("")}…` : text;
}
