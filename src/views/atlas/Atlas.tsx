import { useMemo } from "react";
import { Hint } from "../../components/Say";
import { Segmented } from "../../components/Segmented";
import { useLanguage, useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSession } from "../../store/SessionContext";
import { useOption } from "../../store/SettingsContext";
import { useShippedSpecs } from "../../store/useShippedSpecs";
import { count } from "../../viz/format";
import styles from "./Atlas.module.css";
import { BranchList } from "./BranchList";
import { Details } from "./Details";
import { branches } from "./members";
import { decades, METRICS } from "./metrics";
import { costOf } from "./shape";

const LENGTHS = ["typed", "full"] as const;

/** The longest input that is counted for a model whose source sets no limit. */
const LONGEST = 4096;

/** The family tree with real shapes: what each model would cost on the text that is typed, all on one scale. */
export function Atlas() {
  const t = useT();
  const language = useLanguage();
  const specs = useShippedSpecs();
  const typed = useSession((session) => session.runs[0]?.trace?.tokens.length ?? 1);
  const [metric, setMetric] = useOption("metric");
  const [length, setLength] = useOption("length");
  const [chosen, setChosen] = useOption("member");
  const tree = useMemo(() => branches(specs, language), [specs, language]);
  const entries = tree.flatMap((branch) => branch.entries);
  const read = length === "typed" ? typed : LONGEST;
  const values = entries.flatMap(({ shape }) => (shape === null ? [] : [costOf(shape, read)[metric]]));
  const scale = decades(values);
  const open = entries.find(({ id }) => id === chosen) ?? entries[0];
  return (
    <section aria-label={t("atlas.region")}>
      <h2>
        <T id="atlas.title" />
        <span>
          <T id={`atlas.about.${length}`} values={{ count: count(typed) }} />
        </span>
      </h2>
      <div className={styles.tools}>
        <Segmented
          label={t("atlas.metric")}
          choices={METRICS.map((id) => ({ id, name: t(`atlas.metric.${id}`) }))}
          chosen={metric}
          onChoose={(id) => setMetric(id)}
        />
        <Segmented
          label={t("atlas.length")}
          choices={LENGTHS.map((id) => ({ id, name: t(`atlas.length.${id}`) }))}
          chosen={length}
          onChoose={(id) => setLength(id)}
        />
      </div>
      <Hint>
        <T id="atlas.scale" />
      </Hint>
      <div className={styles.columns}>
        <div className={styles.branches}>
          {tree.map((branch) => (
            <BranchList
              key={branch.branch}
              {...branch}
              metric={metric}
              length={read}
              scale={scale}
              chosen={open?.id ?? ""}
              onChoose={setChosen}
            />
          ))}
        </div>
        {open !== undefined && <Details entry={open} typed={read} />}
      </div>
    </section>
  );
}
