import type { Write } from "../../analysis/residual";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useLookedAt, useSessionStore } from "../../store/SessionContext";
import { number } from "../../viz/format";
import styles from "./Writes.module.css";

/** How much each head and the MLP write to the token's residual stream, and in which direction. */
export function Writes({ writes }: { writes: readonly Write[] }) {
  const t = useT();
  const store = useSessionStore();
  const head = useLookedAt((looked) => looked.head);
  const attention = useLookedAt((looked) => looked.attention);
  const most = Math.max(...writes.map((write) => write.norm), 0) || 1;
  return (
    <div data-spare={3}>
      <h3 className={styles.title}>
        <T id="block.parts" />
        <span>
          <T id="block.parts.about" />
        </span>
      </h3>
      <ul className={styles.list}>
        {writes.map((write) => {
          const isOn = write.head === head && write.kind === attention;
          return (
            <li key={`${write.kind} ${write.head}`}>
              <button
                type="button"
                aria-pressed={isOn}
                className={styles.row}
                onClick={() => store.getState().select(selectionOf(write))}
              >
                <span className={styles.name}>{t(nameOf(write), { head: write.head ?? 0 })}</span>
                <span className={styles.track}>
                  <i data-kind={write.kind} style={{ width: `${(100 * write.norm) / most}%` }} />
                </span>
                <span className={styles.number}>{number(write.norm)}</span>
                <span className={styles.cosine}>{number(write.cosine)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function nameOf({ kind, head }: Write) {
  if (kind === "mlp") return "block.mlp";
  if (head === null) return "block.whole";
  return kind === "cross_attn" ? "block.cross" : "block.head";
}

function selectionOf({ kind, head }: Write) {
  if (kind === "mlp") return { step: "mlp" } as const;
  return {
    step: "project",
    attention: kind,
    ...(head !== null && { head, site: "attn.hook_result" }),
  } as const;
}
