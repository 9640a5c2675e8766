import { TokenAt } from "../../components/TokenAt";
import { TokenLabel } from "../../components/TokenLabel";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSession } from "../../store/SessionContext";
import { count, percent } from "../../viz/format";
import styles from "./Extras.module.css";
import { useLens } from "./useLens";

interface Props {
  trace: Trace;
  vocabulary: readonly string[] | null;
}

/** The logit lens: what the model would say at the chosen token if it stopped after each layer. */
export function Lens({ trace, vocabulary }: Props) {
  const t = useT();
  const { stack, query } = useSession((session) => session.selection);
  const tokens = trace.decoderTokens ?? trace.tokens;
  const isHere = stack === trace.spec.stacks.at(-1)?.name;
  const position = Math.min(isHere ? query : tokens.length - 1, tokens.length - 1);
  const mask = trace.spec.stacks.at(-1)?.layers[0]?.attn.mask.kind;
  const followed = tokens[mask === "none" ? position : position + 1] ?? null;
  const layers = useLens({ trace, position, target: followed?.id ?? null });
  return (
    <>
      <p className={styles.say}>
        <T id="readings.say.lens" components={{ token: <TokenAt tokens={tokens} at={position} /> }} />
      </p>
      <div className={styles.tableBox}>
        <table aria-label={t("readings.lens")} className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("readings.after")}</th>
              <th scope="col">{t("readings.likeliest")}</th>
              {followed !== null && (
                <th scope="col">
                  <T
                    id="readings.followed"
                    components={{ token: <TokenAt tokens={tokens} at={tokens.indexOf(followed)} /> }}
                  />
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {layers?.map(({ site, top, target }, at) => (
              <tr key={site}>
                <th scope="row">
                  {at === 0 ? t("readings.embedding") : t("readings.layer", { layer: at - 1 })}
                </th>
                <td>
                  <div className={styles.guesses}>
                    {top.map(({ id, probability }) => (
                      <span key={id} className={styles.guess}>
                        <TokenLabel text={vocabulary?.[id] ?? ""} spaced />{" "}
                        <small>{percent(probability)}</small>
                      </span>
                    ))}
                  </div>
                </td>
                {target !== null && (
                  <td className={styles.number}>
                    {percent(target.probability)}{" "}
                    <small>{t("readings.rank", { rank: count(target.rank) })}</small>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
