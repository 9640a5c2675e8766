import { Followed } from "../../store/Followed";
import { Examples } from "./Examples";
import { ModelFacts } from "./ModelFacts";
import { Notices } from "./Notices";
import styles from "./Prompt.module.css";
import { Sentence } from "./Sentence";
import { Tokens } from "./Tokens";

/** What is read: the sentence, its tokens, the model, and sentences to try. */
export function Prompt() {
  return (
    <div className={styles.prompt}>
      <div className={styles.text}>
        <Sentence />
      </div>
      <ModelFacts />
      <Followed className={styles.row}>
        <Tokens />
        <Notices />
      </Followed>
      <Examples />
    </div>
  );
}
