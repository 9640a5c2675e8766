import { logitsAt, topOutcomes } from "../../analysis/distribution";
import { wordsOf } from "../../analysis/words";
import { TokenLabel } from "../../components/TokenLabel";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { textOf } from "../../store/run";
import { useSessionStore } from "../../store/SessionContext";
import { percent } from "../../viz/format";
import { tokenText } from "../../viz/tokenText";
import { twinPlace } from "../../viz/twins";
import styles from "./Extras.module.css";

interface Props {
  trace: Trace;
  vocabulary: readonly string[] | null;
}

/** The words of the sentence: a click puts the mask in a word's place, a click on the mask puts the likeliest token there. */
export function FillMask({ trace, vocabulary }: Props) {
  const t = useT();
  const store = useSessionStore();
  const { mask } = trace.spec.ids;
  const { logits } = trace.sites;
  const maskText = mask === null ? undefined : vocabulary?.[mask];
  const words = wordsOf(trace.tokens).filter(({ start, end }) => end > start);
  const idOf = (position: number) => trace.tokens[position]?.id;
  const bestAt = (position: number) =>
    logits === undefined || logits.shape[0] !== trace.tokens.length
      ? undefined
      : topOutcomes(logitsAt(logits, position), 1)[0];
  const replace = (start: number, end: number, text: string, position: number) => {
    const typed = textOf(store.getState().runs[0]?.run.source);
    store.getState().setText(typed.slice(0, start) + text + typed.slice(end));
    store.getState().lock({ query: position });
  };
  const masked = trace.tokens.flatMap((token, at) => (token.id === mask ? [at] : []));
  const [first = -1] = masked;
  const best = first < 0 ? undefined : bestAt(first);
  return (
    <>
      <p className={styles.say}>
        {best === undefined ? (
          <T id="readings.say.mask" />
        ) : (
          <T
            id="readings.say.filled"
            components={{
              token: <TokenLabel text={vocabulary?.[best.id] ?? ""} />,
              share: <b>{percent(best.probability)}</b>,
            }}
          />
        )}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form; these are words that can be pressed */}
      <div role="group" aria-label={t("readings.mask.words")} className={styles.words}>
        {words.map(({ text, start, end, pieces: [position = 0] }, at) => {
          const isMask = idOf(position) === mask;
          const fill = isMask ? bestAt(position) : undefined;
          const said = fill === undefined ? "" : tokenText(vocabulary?.[fill.id] ?? "");
          const place = isMask ? null : twinPlace(words, at);
          return (
            <button
              key={position}
              type="button"
              className={styles.word}
              disabled={maskText === undefined}
              aria-label={
                isMask
                  ? t("readings.mask.fill", { token: said })
                  : t("readings.mask.hide", { word: [tokenText(text), place].join(" ").trim() })
              }
              aria-pressed={isMask}
              onClick={() => replace(start, end, isMask ? said : (maskText ?? ""), position)}
            >
              <TokenLabel text={isMask ? said : tokenText(text)} position={place} as="entry" />
              {fill !== undefined && <small>{percent(fill.probability)}</small>}
            </button>
          );
        })}
      </div>
    </>
  );
}
