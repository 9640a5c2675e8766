import { lazy, Suspense, useState } from "react";
import { useT } from "../../i18n/I18n";
import { cardOf } from "../../store/useEvaluation";
import styles from "./CardButton.module.css";

const ModelCard = lazy(() => import("./ModelCard").then((module) => ({ default: module.ModelCard })));

/** After what is said of a model: opens its card, where it ships. */
export function CardButton({ model }: { model: string }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  if (cardOf(model) === null) return null;
  return (
    <>
      {" · "}
      <button type="button" className={styles.button} onClick={() => setOpen(true)}>
        {t("prompt.card")}
      </button>
      {isOpen && (
        <Suspense>
          <ModelCard model={model} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
