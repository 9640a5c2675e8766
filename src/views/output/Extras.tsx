import { Segmented } from "../../components/Segmented";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { useSession } from "../../store/SessionContext";
import { useOption } from "../../store/SettingsContext";
import styles from "./Extras.module.css";
import { type Extra, extrasOf } from "./extrasOf";
import { FillMask } from "./FillMask";
import { Lens } from "./Lens";
import { NextSentence } from "./NextSentence";
import { Surprisals } from "./Surprisals";
import { TokenLabels } from "./TokenLabels";

interface Props {
  trace: Trace;
  vocabulary: readonly string[] | null;
}

/** What else can be read off the end of the model: token by token, layer by layer, behind a mask, as labels. */
export function Extras({ trace, vocabulary }: Props) {
  const t = useT();
  const isText = useSession((session) => session.runs[0]?.run.source.kind === "text");
  const [chosen, setChosen] = useOption("reading");
  const extras = extrasOf(trace, isText);
  const shown = extras.find((extra) => extra === chosen) ?? extras[0];
  if (shown === undefined) return null;
  return (
    <div className={styles.extras} data-spare={chosen === null ? 2 : undefined}>
      <Segmented
        label={t("readings.label")}
        choices={extras.map((id) => ({ id, name: t(`readings.${id}`) }))}
        chosen={shown}
        onChoose={(extra) => setChosen(extra)}
      />
      <Shown extra={shown} trace={trace} vocabulary={vocabulary} />
    </div>
  );
}

function Shown({ extra, trace, vocabulary }: Props & { extra: Extra }) {
  switch (extra) {
    case "surprisal":
      return <Surprisals trace={trace} />;
    case "lens":
      return <Lens trace={trace} vocabulary={vocabulary} />;
    case "mask":
      return <FillMask trace={trace} vocabulary={vocabulary} />;
    case "labels":
      return <TokenLabels trace={trace} />;
    case "next":
      return <NextSentence trace={trace} />;
    default:
      return extra satisfies never;
  }
}
