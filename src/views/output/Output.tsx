import { useMemo } from "react";
import { type Readout, readoutOf, readoutPosition } from "../../analysis/readout";
import { readoutKind } from "../../analysis/readoutKind";
import { Hint } from "../../components/Say";
import { TokenAt } from "../../components/TokenAt";
import type { MessageKey } from "../../i18n/areas";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { LOGIT_ROWS } from "../../store/logitRows";
import { useLookedAt, useSession } from "../../store/SessionContext";
import { useOption } from "../../store/SettingsContext";
import { useNeed } from "../../store/useNeed";
import { useVocabulary } from "../../store/useVocabulary";
import { Append } from "./Append";
import { Extras } from "./Extras";
import { OutcomeList } from "./OutcomeList";
import styles from "./Output.module.css";
import { OutputAbsent } from "./OutputAbsent";
import { OutputSentence } from "./OutputSentence";
import { found, rank } from "./outcomes";
import { SamplingControls } from "./SamplingControls";
import { Summary } from "./Summary";

/** So many outcomes are seen at a glance: none of them must be looked for. */
const FEW = 20;

/** What the model makes of it all: probabilities over everything that it can say, and what the settings leave of them. */
export function Output() {
  const t = useT();
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const sampling = useSession((session) => session.sampling);
  const query = useLookedAt((looked) => looked.query);
  const vocabulary = useVocabulary();
  const [sought, setSought] = useOption("find");
  const [reading] = useOption("reading");
  const position = trace === null ? 0 : readoutPosition(trace, query);
  const readout = useMemo(() => (trace === null ? null : readoutOf(trace, position)), [trace, position]);
  // A word may be filled in at any position; the next token follows the last.
  useNeed(trace !== null && readoutKind(trace) === "fill" ? LOGIT_ROWS : []);
  const ranking = useMemo(() => readout && rank(readout.logits, sampling), [readout, sampling]);
  const texts = readout?.labels ?? vocabulary;
  const ranks = useMemo(() => (ranking ? found(ranking.order, texts, sought) : []), [ranking, texts, sought]);
  if (trace === null) return null;
  if (readout === null || ranking === null) return <OutputAbsent trace={trace} />;
  // What a translator says next is no part of the sentence that it translates.
  const canAppend = readout.kind === "next" && trace.decoderTokens === null;
  const tokens = trace.decoderTokens ?? trace.tokens;
  const isImage = trace.spec.stacks[0]?.embed.kind === "patches";
  return (
    <section aria-label={t("output.region")} className={styles.output}>
      <h2>
        <T id="output.title" />
        <span>
          <T
            id={readout.isOfToken ? "output.about.token" : `output.about.${readout.kind}`}
            components={{ token: <TokenAt tokens={tokens} at={readout.position} /> }}
          />
        </span>
      </h2>
      <OutputSentence readout={readout} ranking={ranking} texts={texts} tokens={tokens} />
      <OutcomeList
        label={t(`output.list.${readout.kind}`)}
        readout={readout}
        ranking={ranking}
        ranks={ranks}
        texts={texts}
        canAppend={canAppend}
        spare={reading === null ? undefined : 1}
      />
      <Hint>{t(hintOf(readout, canAppend, isImage))}</Hint>
      {ranking.order.length > FEW && (
        <input
          type="search"
          className={styles.search}
          data-spare={3}
          aria-label={t("output.search")}
          placeholder={t("output.search")}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
      )}
      {readout.kind !== "label" && (
        <div data-spare={reading === null ? 1 : 2}>
          <Summary ranking={ranking} />
          <SamplingControls vocabulary={readout.logits.length} />
        </div>
      )}
      {canAppend && <Append />}
      <Extras trace={trace} vocabulary={vocabulary} />
    </section>
  );
}

/** What can be done with this answer. */
function hintOf({ kind, isOfToken }: Readout, canAppend: boolean, isImage: boolean): MessageKey {
  if (isImage) return "output.hint.image";
  if (isOfToken) return "output.hint.token";
  if (kind === "next" && !canAppend) return "output.hint.first";
  return `output.hint.${kind}`;
}
