import { useT } from "../../i18n/I18n";
import type { DecodedText } from "../../store/answers";
import { isText } from "../../store/run";
import { useSessionStore } from "../../store/SessionContext";
import { number, percent } from "../../viz/format";
import styles from "./Decode.module.css";
import type { Search } from "./useDecoding";

interface Props {
  search: Search;
  /** The node that is shown. */
  chosen: number;
  onChoose(node: number): void;
}

/** The texts that came to their end, best first: each can be shown in the tree, and taken over. */
export function Results({ search, chosen, onChoose }: Props) {
  const t = useT();
  return (
    <ol aria-label={t("decode.result")} className={styles.results}>
      {search.texts.map((text) => (
        <Result
          key={text.node}
          text={text}
          search={search}
          isOn={text.node === chosen}
          onChoose={() => onChoose(text.node)}
        />
      ))}
    </ol>
  );
}

interface ResultProps {
  text: DecodedText;
  search: Search;
  isOn: boolean;
  onChoose(): void;
}

function Result({ text, search, isOn, onChoose }: ResultProps) {
  const t = useT();
  const store = useSessionStore();
  const { source, part } = search;
  const isTranslation = part?.source !== null;
  const written = text.text.trim() === "" ? t("decode.nothing") : text.text.trim();
  const take = () => {
    if (!isText(source)) return;
    if (isTranslation) store.getState().setSource({ ...source, kind: "seq2seq", target: text.text.trim() });
    else store.getState().setText(source.text + text.text);
  };
  return (
    <li className={styles.result} data-on={isOn || undefined}>
      <button type="button" className={styles.text} aria-pressed={isOn} onClick={onChoose}>
        <bdi>{written}</bdi>
      </button>
      <p className={styles.numbers}>
        <span>{t("decode.logProbability", { value: number(text.logProbability) })}</span>
        <span>{percent(Math.exp(text.logProbability))}</span>
        {text.score !== text.logProbability && (
          <span>{t("decode.score", { value: number(text.score) })}</span>
        )}
        <span>{t(`decode.end.${text.end}`)}</span>
      </p>
      {isText(source) && text.text !== "" && (
        <button type="button" className={styles.take} onClick={take}>
          {t(isTranslation ? "decode.useAsTarget" : "decode.append")}
        </button>
      )}
    </li>
  );
}
