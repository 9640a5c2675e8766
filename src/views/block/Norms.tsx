import { useMemo } from "react";
import { weightKey } from "../../analysis/explain/lookup";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useWeights } from "../../store/useWeights";
import { NormColumn } from "./NormColumn";
import styles from "./Norms.module.css";
import type { NormFacts } from "./normFacts";

/** Every normalisation of a block, taken apart: what it reads, what it subtracts and divides by, γ and β, what it gives. */
export function Norms({ norms, place }: { norms: readonly NormFacts[]; place: "pre" | "post" }) {
  const t = useT();
  const requests = useMemo(
    () =>
      norms
        .flatMap(({ weights }) => [weights.w, weights.b])
        .map((weight) => ({ weight, take: "vector", at: 0 }) as const),
    [norms],
  );
  const fetched = useWeights(requests);
  const vector = (weight: string) => fetched?.get(weightKey({ weight, take: "vector", at: 0 })) ?? null;
  if (norms.length === 0) return null;
  return (
    <div className={styles.norms} data-spare={1}>
      <h3 className={styles.title}>
        {t("norm.title")}
        <span>
          <T id="norm.about" />
        </span>
      </h3>
      <div className={styles.columns}>
        {norms.map((facts) => (
          <NormColumn
            key={facts.place}
            facts={facts}
            title={facts.beside === "end" ? t("norm.at.end") : t(`norm.at.${place}.${facts.beside}`)}
            gamma={vector(facts.weights.w)}
            beta={vector(facts.weights.b)}
          />
        ))}
      </div>
    </div>
  );
}
