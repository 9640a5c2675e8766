import { BarRow } from "../../components/BarRow";
import { HeadPicker } from "../../components/HeadPicker";
import { Hint, Say } from "../../components/Say";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useLooked, useSession, useSessionStore } from "../../store/SessionContext";
import { percent } from "../../viz/format";
import styles from "./Digits.module.css";
import { attentionRow, classes, largest, patchGrid } from "./imageFacts";
import { Pad } from "./Pad";
import { PadTools } from "./PadTools";
import { PatchMap } from "./PatchMap";
import { PatchTokens } from "./PatchTokens";
import { type Drawing, useDrawing } from "./useDrawing";

/** A digit that is drawn here, cut into patches: which patches look at which, and what the model takes it for. */
export function Digits() {
  const t = useT();
  const drawing = useDrawing();
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  return (
    <section aria-label={t("digits.region")}>
      <h2>
        <T id="digits.title" />
        <span>
          <T id="digits.about" />
        </span>
      </h2>
      <div className={styles.digits}>
        <div>
          <Pad drawing={drawing} />
          <PadTools drawing={drawing} />
          <Hint>
            <T id="digits.hint" />
          </Hint>
        </div>
        {trace !== null && patchGrid(trace) !== null ? (
          <Read trace={trace} drawing={drawing} />
        ) : (
          <p className={styles.empty}>
            <T id="digits.empty" />
          </p>
        )}
      </div>
    </section>
  );
}

/** What the model makes of the picture. */
function Read({ trace, drawing }: { trace: Trace; drawing: Drawing }) {
  const t = useT();
  const store = useSessionStore();
  const selection = useSession((session) => session.selection);
  const looked = useLooked();
  const grid = patchGrid(trace);
  const row = attentionRow(trace, looked);
  const found = classes(trace);
  const [stack] = trace.spec.stacks;
  if (grid === null || row === null || stack === undefined) return null;
  const best = found === null ? null : found[largest(found.map(({ probability }) => probability))];
  const strongest = largest(row);
  const name = (position: number) =>
    position === 0 ? "[CLS]" : t("digits.name", { place: trace.tokens[position]?.text ?? "" });
  const attention = (
    <T
      id="digits.say.attention"
      components={{
        query: <b className={styles.query}>{name(looked.query)}</b>,
        key: <b className={styles.key}>{name(strongest)}</b>,
        share: <b className={styles.share}>{percent(row[strongest] ?? 0)}</b>,
      }}
    />
  );
  return (
    <>
      <div className={styles.seen}>
        <Say>
          {best == null ? (
            attention
          ) : (
            <T
              id="digits.say.class"
              components={{
                label: <b>{best.label}</b>,
                share: <b className={styles.share}>{percent(best.probability)}</b>,
                attention,
              }}
            />
          )}
        </Say>
        <HeadPicker
          label={t("digits.head")}
          stack={stack}
          chosen={looked}
          onChoose={(place) => store.getState().select(place)}
        />
        <PatchMap
          pixels={drawing.pixels}
          grid={grid}
          row={row}
          selected={selection.query}
          looked={looked.query}
        />
        <PatchTokens pixels={drawing.pixels} grid={grid} looked={looked.query} />
      </div>
      {found !== null && (
        <ul aria-label={t("digits.classes")} className={styles.classes}>
          {found.map(({ label, probability }) => (
            <BarRow
              key={label}
              name={label}
              axis="position"
              value={probability}
              from={0}
              to={1}
              isOn={label === best?.label}
              isShare
            />
          ))}
        </ul>
      )}
    </>
  );
}
