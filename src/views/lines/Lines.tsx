import { memo, useMemo, useState } from "react";
import { Hint } from "../../components/Say";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSession } from "../../store/SessionContext";
import { gathered } from "../../viz/headLines";
import { clicked, type Focus, within } from "./focus";
import { LineBoard } from "./LineBoard";
import { LineControls } from "./LineControls";
import styles from "./Lines.module.css";
import { LinesSentence } from "./LinesSentence";
import { PlaceChoice } from "./PlaceChoice";
import { SinkNote } from "./SinkNote";
import { Strongest } from "./Strongest";
import { type LinesModel, useLines } from "./useLines";

/** Sight-lines of any set of heads: who looks at whom, each head in its colour. */
export function Lines() {
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const model = useLines();
  if (trace === null || model === null) return null;
  return <LinesOf key={`${model.kind.stack} ${model.kind.attention}`} trace={trace} model={model} />;
}

/** The same for every token that is pointed at. */
const Controls = memo(LineControls);

function LinesOf({ trace, model }: { trace: Trace; model: LinesModel }) {
  const t = useT();
  const [hover, setHover] = useState<Focus | null>(null);
  const [locked, setLocked] = useState<Focus | null>(null);
  const { queries, keys, patterns } = model;
  const lengths = useMemo(() => ({ query: queries.length, key: keys.length }), [queries.length, keys.length]);
  const focus = useMemo(() => within(hover ?? locked, lengths), [hover, locked, lengths]);
  const shares = useMemo(
    () => gathered(patterns, focus?.side ?? "query", focus?.units ?? queries.map((_, at) => at)),
    [patterns, focus, queries],
  );
  return (
    <section
      aria-label={t("lines.region")}
      onKeyDown={(event) => {
        if (event.key === "Escape") setLocked(null);
      }}
    >
      <h2>
        <T id="lines.title" />
        <span>
          <T id="lines.about" values={{ heads: model.drawn.length, lines: model.lines.length }} />
        </span>
      </h2>
      <LinesSentence model={model} focus={focus} shares={shares} />
      <Hint>
        <T id="lines.hint" />
      </Hint>
      <SinkNote model={model} />
      <PlaceChoice trace={trace} model={model} />
      <div className={styles.split}>
        <LineBoard
          model={model}
          focus={focus}
          shares={shares}
          onHover={setHover}
          onClick={(side, unit) => {
            setHover(null);
            setLocked(clicked(within(locked, lengths), side, unit));
          }}
        />
        <div className={styles.aside} data-spare={2}>
          <Controls model={model} />
          <Strongest model={model} focus={focus} />
        </div>
      </div>
    </section>
  );
}
