import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from "react";
import { useT } from "../../i18n/I18n";
import type { DecodePart } from "../../store/answers";
import { number } from "../../viz/format";
import { NODE, searchTree, stepInTree } from "../../viz/searchTree";
import { tokenText } from "../../viz/tokenText";
import styles from "./SearchTree.module.css";
import { TreeNode } from "./TreeNode";

interface Props {
  part: DecodePart;
  /** Nodes from the first emitted token to the chosen one. */
  path: readonly number[];
  chosen: number;
  onChoose(node: number): void;
}

/**
 * The search as it grows: a column for each emitted token, the best candidate on top, pruned ones faint. Arrow keys go
 * to the parent, the best child and the neighbours; each node says its token and its log-probabilities.
 */
export function SearchTree({ part, path, chosen, onChoose }: Props) {
  const t = useT();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const { nodes, start } = part;
  const drawn = useMemo(() => searchTree(nodes), [nodes]);
  const root = tokenText(start.at(-1)?.text ?? "");
  const onPath = new Set([0, ...path]);

  const chosenX = drawn.nodes[chosen]?.x ?? 0;
  useEffect(() => {
    // Only the tree's own box scrolls: the node that is chosen, or found last, stays in sight.
    const frame = box.current;
    if (frame === null) return;
    const right = chosenX + NODE.across + NODE.width;
    if (right > frame.scrollLeft + frame.clientWidth) frame.scrollLeft = right - frame.clientWidth;
    if (chosenX < frame.scrollLeft) frame.scrollLeft = chosenX - NODE.width;
  }, [chosenX]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopPropagation();
    const next = stepInTree(nodes, chosen, event.key);
    if (next !== null) onChoose(next);
  };
  return (
    <div
      ref={box}
      role="tree"
      aria-label={t("decode.tree")}
      aria-activedescendant={`${id}-${chosen}`}
      tabIndex={0}
      className={styles.treeBox}
      onKeyDown={onKeyDown}
    >
      <svg
        role="presentation"
        className={styles.tree}
        width={drawn.width}
        height={drawn.height}
        viewBox={`0 0 ${drawn.width} ${drawn.height}`}
      >
        {drawn.nodes.map(({ edge }, at) =>
          edge === null ? null : (
            <path
              // biome-ignore lint/suspicious/noArrayIndexKey: a node is its place in the list
              key={at}
              d={edge}
              className={styles.edge}
              data-path={onPath.has(at) || undefined}
              data-state={nodes[at]?.state}
              strokeWidth={0.8 + 3 * Math.exp(nodes[at]?.logProbability ?? 0)}
            />
          ),
        )}
        {drawn.nodes.map(({ x, y }, at) => {
          const node = nodes[at];
          if (node === undefined) return null;
          const text = at === 0 ? root : tokenText(node.text);
          return (
            <TreeNode
              // biome-ignore lint/suspicious/noArrayIndexKey: a node is its place in the list
              key={at}
              id={`${id}-${at}`}
              x={x}
              y={y}
              node={node}
              text={text}
              isOn={at === chosen}
              isOnPath={onPath.has(at)}
              label={
                at === 0
                  ? t("decode.node.root", { token: root })
                  : t(`decode.node.${node.state}`, {
                      token: text,
                      own: number(node.logProbability),
                      total: number(node.total),
                    })
              }
              onChoose={() => onChoose(at)}
            />
          );
        })}
      </svg>
    </div>
  );
}
