import { Dialog } from "../../components/Dialog";
import { useLanguage, useT } from "../../i18n/I18n";
import { MODELS } from "../../store/models";
import { cardOf, useEvaluation } from "../../store/useEvaluation";
import { number, percent } from "../../viz/format";
import styles from "./ModelCard.module.css";
import { type Measured, measuredOf } from "./measures";

interface Props {
  model: string;
  onClose(): void;
}

/** What a shipped model was measured to do, from the evaluation beside its weights. */
export function ModelCard({ model, onClose }: Props) {
  const t = useT();
  const language = useLanguage();
  const evaluation = useEvaluation(model);
  const name = MODELS.find(({ id }) => id === model)?.names[language] ?? model;
  const lines = measuredOf(model, evaluation);
  const card = cardOf(model);
  return (
    <Dialog title={t("card.title", { model: name })} close={t("card.close")} onClose={onClose}>
      <p className={styles.about}>{t("card.about")}</p>
      {evaluation === null && (
        <p className={styles.about} role="status">
          {t("card.missing")}
        </p>
      )}
      <dl className={styles.lines}>
        {lines.map((line) => (
          <div key={line.id}>
            <dt>{t(`card.${line.id}`)}</dt>
            <dd>
              <Value {...line} />
            </dd>
          </div>
        ))}
      </dl>
      {card !== null && (
        <a className={styles.whole} href={card} target="_blank" rel="noreferrer">
          {t("card.whole")}
        </a>
      )}
    </Dialog>
  );
}

function Value(measured: Measured) {
  const t = useT();
  if (measured.as !== "head")
    return measured.as === "number" ? number(measured.value) : percent(measured.value);
  const { layer, head, value } = measured;
  return t("card.head", { head: `L${layer}H${head}`, share: percent(value) });
}
