import { Hint } from "../../components/Say";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useWhyAbsent } from "../../store/useWhyAbsent";

/** Why there is no answer to show: the model has no head for one, or the file or a long text does not hold it. */
export function OutputAbsent({ trace }: { trace: Trace }) {
  const t = useT();
  const why = useWhyAbsent();
  // What the stored example lacks is there in a moment.
  if (why === "stored") return null;
  return (
    <section aria-label={t("output.region")}>
      <h2>
        <T id="output.title" />
      </h2>
      <Hint>
        {t(`output.absent.${why === "coming" && trace.spec.heads.length === 0 ? "headless" : why}`)}
      </Hint>
    </section>
  );
}
