import { useId, useMemo, useRef } from "react";
import { FigureBoundary } from "../../components/FigureBoundary";
import { useT } from "../../i18n/I18n";
import { SessionProvider, useSessionStore } from "../../store/SessionContext";
import { ActiveCard } from "./activeCard";
import { CardBody } from "./CardBody";
import styles from "./Lab.module.css";
import type { ExperimentId } from "./registry";
import { elementId } from "./showExperiment";
import { useHeld } from "./useHeld";
import { useNear } from "./useNear";

/** One experiment by itself, over the session that it stands in. It computes and follows only while it can be seen. */
export function LabCard({ id }: { id: ExperimentId }) {
  const t = useT();
  const heading = useId();
  const article = useRef<HTMLElement>(null);
  const { near, seen } = useNear(article);
  const session = useHeld(useSessionStore(), near);
  const active = useMemo(() => ({ id, active: near }), [id, near]);
  return (
    <article
      ref={article}
      id={elementId(id)}
      aria-labelledby={heading}
      data-seen={seen || undefined}
      className={styles.card}
    >
      {/* A card that has no controls yet is still a stop of the Tab key: it gets them on arrival. */}
      <h3 id={heading} tabIndex={seen ? -1 : 0}>
        {t(`lab.${id}.question`)}
      </h3>
      <p className={styles.why} data-spare={3}>
        {t(`lab.${id}.why`)}
      </p>
      {seen ? (
        <FigureBoundary>
          <SessionProvider store={session}>
            <ActiveCard value={active}>
              <CardBody id={id} />
            </ActiveCard>
          </SessionProvider>
        </FigureBoundary>
      ) : (
        <div className={styles.unseen}>
          <p>{t("lab.unprinted")}</p>
        </div>
      )}
    </article>
  );
}
