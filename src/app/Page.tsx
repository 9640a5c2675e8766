import { T } from "../i18n/T";
import { useSession } from "../store/SessionContext";
import { Block } from "../views/block/Block";
import { Cell } from "../views/cell/Cell";
import { Heads } from "../views/heads/Heads";
import { Output } from "../views/output/Output";
import { Prompt } from "../views/prompt/Prompt";
import { Steps } from "../views/steps/Steps";
import { FigureBoundary } from "./FigureBoundary";
import { Header } from "./Header";
import styles from "./Page.module.css";

/** Where each view stands, in reading order. */
const VIEWS = [
  { name: "heads", View: Heads },
  { name: "steps", View: Steps },
  { name: "cell", View: Cell },
  { name: "block", View: Block },
  { name: "output", View: Output },
] as const;

/** The page that explores one sentence: the prompt, then every view of it. */
export function Page() {
  const hasTrace = useSession((session) => session.runs[0]?.trace != null);
  return (
    <>
      <a className={styles.skip} href="#figure">
        <T id="app.skip" />
      </a>
      <Header />
      <main id="figure" tabIndex={-1} className={styles.page}>
        <h1 className="spoken">
          <T id="app.title" />
        </h1>
        <FigureBoundary>
          <Prompt />
        </FigureBoundary>
        <div className={styles.views}>
          {VIEWS.map(({ name, View }) => (
            <div key={name} className={styles[name]}>
              {hasTrace && (
                <FigureBoundary>
                  <View />
                </FigureBoundary>
              )}
            </div>
          ))}
        </div>
      </main>
    </>
  );
}
