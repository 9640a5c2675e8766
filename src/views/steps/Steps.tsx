import { useId } from "react";
import { Hint } from "../../components/Say";
import { Tabs } from "../../components/Tabs";
import { useT } from "../../i18n/I18n";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { useOption } from "../../store/SettingsContext";
import { stagesOf } from "../../store/stageTable";
import { StagePanel } from "./StagePanel";
import { StageTools } from "./StageTools";
import styles from "./Steps.module.css";
import { usePlay } from "./usePlay";

/** One head and its block, stage by stage, on the numbers of the trace. */
export function Steps() {
  const t = useT();
  const panel = useId();
  const store = useSessionStore();
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const selection = useSession((session) => session.selection);
  const [show, setShow] = useOption("show");
  const stack = trace?.spec.stacks.find((each) => each.name === selection.stack);
  const stages = stack === undefined ? [] : stagesOf(stack, selection.layer, selection.attention);
  const stage =
    stages.find((each) => each.id === selection.step) ?? stages.find(({ id }) => id === "softmax");
  const play = usePlay(stages, stage);
  if (trace === null || stack === undefined || stage === undefined) return null;
  return (
    <section aria-label={t("steps.region")} className={styles.steps}>
      <Tabs
        label={t("steps.stages")}
        tabs={stages.map(({ id }) => ({ id, name: t(`steps.stage.${id}`) }))}
        chosen={stage.id}
        panel={panel}
        onChoose={(step) => store.getState().select({ step })}
      />
      <div id={panel} role="tabpanel" aria-label={t(`steps.stage.${stage.id}`)} className={styles.panel}>
        <StagePanel stage={stage} trace={trace} stack={stack} show={show} />
        <StageTools stage={stage} show={show} onShow={setShow} playing={play.playing} onPlay={play.toggle} />
        <Hint>{t("steps.hint")}</Hint>
      </div>
    </section>
  );
}
