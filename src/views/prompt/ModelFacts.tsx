import { useLanguage, useT } from "../../i18n/I18n";
import { FIRST_MODEL, MODELS } from "../../store/models";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { count, magnitude, number } from "../../viz/format";
import { CardButton } from "./CardButton";
import { Loading } from "./Loading";
import styles from "./Prompt.module.css";

/** Which model runs, and what is true of it: which way it reads, its size, and how long the last pass took. */
export function ModelFacts() {
  const t = useT();
  const language = useLanguage();
  const store = useSessionStore();
  const model = useSession((session) => session.runs[0]?.run.source.model ?? FIRST_MODEL);
  const facts = useSession((session) => session.runs[0]?.facts ?? null);
  const ms = useSession((session) => session.runs[0]?.ms ?? null);
  const isLoading = useSession((session) => session.runs[0]?.status === "loading");
  const opened = useSession((session) => session.opened);
  const traceName = useSession(({ runs }) => {
    const source = runs[0]?.run.source;
    return source?.kind === "trace" ? source.model : null;
  });
  const spec = useSession((session) => session.runs[0]?.trace?.spec ?? null);
  const mask = spec?.stacks.at(-1)?.layers[0]?.attn.mask;
  const reads =
    mask === undefined
      ? null
      : (spec?.stacks.length ?? 1) > 1
        ? "seq2seq"
        : mask.kind === "causal"
          ? "causal"
          : mask.kind === "window"
            ? "window"
            : "both";
  const parts = [
    reads && t(`prompt.reads.${reads}`),
    facts && t("prompt.parameters", { count: magnitude(facts.parameters) }),
    facts && facts.reads !== "image" && t("prompt.context", { count: count(facts.spec.context) }),
    facts?.kernels === "plain" && t("prompt.plain"),
    ms !== null && t("prompt.ms", { ms: number(ms) }),
  ].filter(Boolean);
  return (
    <div className={styles.model}>
      <select
        aria-label={t("prompt.model")}
        value={model}
        onChange={(event) => store.getState().setModel(event.target.value)}
      >
        {opened.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {traceName !== null && <option value={traceName}>{traceName}</option>}
        {MODELS.map(({ id, names }) => (
          <option key={id} value={id}>
            {names[language]}
          </option>
        ))}
      </select>
      {isLoading ? (
        <Loading />
      ) : (
        <p className={styles.facts}>
          {parts.join(" · ")}
          <CardButton model={model} />
        </p>
      )}
    </div>
  );
}
