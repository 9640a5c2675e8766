import { ErrorNote } from "../../components/ErrorNote";
import { Hint } from "../../components/Say";
import { TokenLabel } from "../../components/TokenLabel";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { textOf } from "../../store/run";
import { useSession } from "../../store/SessionContext";
import styles from "./Decode.module.css";
import { DecodeSentence } from "./DecodeSentence";
import { RunButton } from "./RunButton";
import { Searched } from "./Searched";
import { Strategy } from "./Strategy";
import { TargetLanguage } from "./TargetLanguage";
import { TeacherForcing } from "./TeacherForcing";
import { useDecoding } from "./useDecoding";
import { Writers } from "./Writers";
import { whyNoWriting } from "./writes";

/** How a model writes: a search as a tree, what it looked at for every token, and the target that it is taught with. */
export function Decode() {
  const t = useT();
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const text = useSession((session) => textOf(session.runs[0]?.run.source));
  const isOpened = useSession((session) => session.runs[0]?.run.source.kind === "trace");
  const { search, run, cancel } = useDecoding();
  if (trace === null) return null;
  const isTranslator = trace.spec.stacks.length > 1;
  const why = whyNoWriting(trace.spec, isOpened);
  return (
    <section aria-label={t("decode.region")} className={styles.decode}>
      <h2>
        <T id="decode.title" />
        <span>
          <T
            id={`decode.subject.${why === null ? (isTranslator ? "translator" : "next") : "none"}`}
            components={{ token: <TokenLabel text={trace.tokens.at(-1)?.text ?? ""} /> }}
          />
        </span>
      </h2>
      {why === null ? (
        <>
          {search === null ? (
            <Hint>{t(isTranslator ? "decode.hint.translator" : "decode.hint")}</Hint>
          ) : (
            <DecodeSentence search={search} />
          )}
          {isTranslator && <TargetLanguage />}
          <Strategy />
          <RunButton search={search} onRun={run} onCancel={cancel} />
          {search?.error && <ErrorNote detail={search.error.message}>{t("decode.failed")}</ErrorNote>}
          {search !== null && textOf(search.source) !== text && (
            <Hint>
              <T id="decode.stale" values={{ text: textOf(search.source) }} />
            </Hint>
          )}
          {search?.part && <Searched search={search} part={search.part} spec={trace.spec} />}
          {isTranslator && <TeacherForcing trace={trace} spare={search === null ? undefined : 2} />}
        </>
      ) : (
        <Writers why={why} />
      )}
    </section>
  );
}
