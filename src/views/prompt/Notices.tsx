import { useLanguage, useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { MODELS } from "../../store/models";
import { isOutdated } from "../../store/run";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { count } from "../../viz/format";
import { FailureText } from "./FailureText";
import styles from "./Prompt.module.css";

/** So much is said of a part of a link. */
const LONGEST = 40;

/** So many tensors are named. */
const MOST_NAMES = 6;

const NONE: readonly string[] = [];

/** What stands between the sentence and its picture: an error with a retry, a text that is too long. */
export function Notices() {
  const t = useT();
  const store = useSessionStore();
  const status = useSession((session) => session.runs[0]?.status);
  const error = useSession((session) => session.runs[0]?.error ?? null);
  const length = useSession((session) => session.runs[0]?.length ?? null);
  const language = useLanguage();
  const unknown = useSession((session) => session.unknownModel);
  const ignored = useSession((session) => session.ignored);
  const model = useSession((session) => session.runs[0]?.run.source.model);
  const isStale = useSession((session) => session.runs[0]?.stale === true && session.runs[0].trace !== null);
  const unread = useSession((session) => session.runs[0]?.facts?.unread ?? NONE);
  const notFinite = useSession((session) => session.runs[0]?.notFinite ?? null);
  const isLate = useSession(({ runs: [run] }) => run !== undefined && isOutdated(run));
  return (
    <div className={styles.notices}>
      {status === "failed" && error !== null && (
        <div role="alert" className={styles.failure}>
          <p>
            <FailureText failure={error} />
            {isStale && ` ${t("prompt.kept")}`}
          </p>
          <button type="button" onClick={() => store.getState().start()}>
            {t("errors.retry")}
          </button>
        </div>
      )}
      <p role="status">
        {isLate && status !== "failed" && (
          <span className={styles.late}>
            <T id="prompt.outdated" />
          </span>
        )}
        {unknown !== null && (
          <T
            id="prompt.unknownModel"
            values={{ model: unknown, shown: MODELS.find(({ id }) => id === model)?.names[language] ?? "" }}
          />
        )}
        {ignored.length > 0 && <T id="prompt.ignored" values={{ parts: ignored.map(readable).join(", ") }} />}
        {length !== null && length.typed > length.shown && status !== "empty" && (
          <T
            id="prompt.tooLong"
            values={{
              typed: count(length.typed),
              shown: count(length.shown),
              rest: length.typed - length.shown,
            }}
          />
        )}
        {notFinite !== null && <T id="card.notFinite" values={{ site: notFinite.site }} />}
        {unread.length > 0 && (
          <T
            id="card.unread"
            values={{
              names: unread.slice(0, MOST_NAMES).join(", "),
              rest: Math.max(0, unread.length - MOST_NAMES),
            }}
          />
        )}
      </p>
    </div>
  );
}

/** A part of a link as a reader can take it in. */
function readable(part: string): string {
  const shown = part.length > LONGEST ? `${part.slice(0, LONGEST)}…` : part;
  try {
    return decodeURIComponent(shown);
  } catch {
    return shown;
  }
}
