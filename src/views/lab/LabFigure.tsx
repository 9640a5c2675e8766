import { useT } from "../../i18n/I18n";
import { useSession } from "../../store/SessionContext";
import { Lab } from "./Lab";
import { LabCard } from "./LabCard";
import { LongText } from "./LongText";
import { isExperiment } from "./registry";

/** The lab as a figure on another page: the one experiment that the link names, or all of them. */
export function LabFigure() {
  const t = useT();
  const open = useSession((session) => session.experiments.open);
  if (!isExperiment(open)) return <Lab />;
  return (
    <section aria-label={t("lab.region")}>
      <h2 className="spoken">{t("lab.region")}</h2>
      <LongText />
      <LabCard key={open} id={open} />
    </section>
  );
}
