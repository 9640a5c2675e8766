import type { HeadPlace } from "../../components/HeadPicker";
import type { ModelSpec } from "../../engine/spec";
import { T } from "../../i18n/T";
import type { DecodePart } from "../../store/answers";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { useOption, useSetOptions, useSettings } from "../../store/SettingsContext";
import { clampSelection } from "../../store/selection";
import styles from "./Decode.module.css";
import { OverTime } from "./OverTime";
import { bestNode, pathTo } from "./path";
import { Results } from "./Results";
import { SearchTree } from "./SearchTree";
import type { Search } from "./useDecoding";

interface Props {
  search: Search;
  part: DecodePart;
  spec: ModelSpec;
}

/** A search as far as it has come: its texts, its tree, and what was looked at along one branch of it. */
export function Searched({ search, part, spec }: Props) {
  const store = useSessionStore();
  const selection = useSession((session) => session.selection);
  const { node: chosen, nodeStep } = useSettings((settings) => settings.options);
  const setOptions = useSetOptions();
  // What a translation is aligned with is its source, until the reader asks for another head.
  const [looksAt, setLooksAt] = useOption("looksAt");
  const stack = spec.stacks.at(-1);
  const node = Math.min(chosen ?? bestNode(search), part.nodes.length - 1);
  const path = pathTo(part.nodes, node);
  const step = Math.max(0, Math.min(nodeStep ?? path.length - 1, path.length - 1));
  if (stack === undefined) return null;

  const wanted = { ...selection, stack: stack.name, attention: looksAt };
  const { attention, layer, head } = clampSelection(wanted, { spec, positions: 1, decoderPositions: 1 });
  const place: HeadPlace = { attention, layer, head };
  const choose = (at: number) => setOptions({ node: at, nodeStep: pathTo(part.nodes, at).length - 1 });
  return (
    <>
      <div className={styles.searched}>
        {search.texts.length > 0 && <Results search={search} chosen={node} onChoose={choose} />}
        <div className={styles.grown}>
          <SearchTree part={part} path={path} chosen={node} onChoose={choose} />
          <p className={styles.legend}>
            <T id="decode.legend" />
          </p>
        </div>
      </div>
      {path.length > 0 && (
        <OverTime
          search={search}
          part={part}
          stack={stack}
          place={place}
          path={path}
          step={step}
          onStep={(at) => setOptions({ node, nodeStep: at })}
          onPlace={(to) => {
            setLooksAt(to.attention);
            store.getState().select({ stack: stack.name, ...to });
          }}
        />
      )}
    </>
  );
}
