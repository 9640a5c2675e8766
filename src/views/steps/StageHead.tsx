import { Fragment } from "react";
import axes from "../../components/axes.module.css";
import { Equation } from "../../components/Equation";
import { Segmented } from "../../components/Segmented";
import { siteTitle } from "../../components/siteTitle";
import { Term } from "../../components/Term";
import type { BlockSpec, StackSpec } from "../../engine/spec";
import type { Trace } from "../../engine/trace";
import type { MessageKey } from "../../i18n/areas";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useLookedAt, useSessionStore } from "../../store/SessionContext";
import { FIRST_SELECTION, type Selection } from "../../store/selection";
import type { Stage } from "../../store/stageTable";
import { headTensorAt } from "../../viz/siteView";
import { shapeOf } from "./figures";
import { formulaOf } from "./formulas";
import { openSite } from "./openSite";
import styles from "./Steps.module.css";

/** What the length of an axis counts, in the words of the glossary. */
const TERM_OF = {
  query: "query",
  key: "key",
  value: "value",
  position: "token",
  dimension: "dimension",
} as const;

interface Props {
  stage: Stage;
  trace: Trace;
  stack: StackSpec;
}

/** Over the figure: the formula of what is open, with the model's own sizes, its shape, and what it does in a sentence. */
export function StageHead({ stage, trace, stack }: Props) {
  const t = useT();
  const store = useSessionStore();
  const looked = useLookedHead();
  const block = stack.layers[looked.layer];
  const site = openSite(stage, looked);
  const tensor = headTensorAt(trace, looked, site);
  if (block === undefined) return null;
  const attention = (looked.attention === "cross_attn" ? block.cross : block.attn) ?? block.attn;
  const sizes = {
    dModel: stack.dModel,
    dHead: attention.dHead,
    nHeads: attention.nHeads,
    layer: looked.layer,
    block,
  };
  const formula = formulaOf(site, sizes);
  const parts = stage.layout === "matrix" && stage.sites.length > 1;
  return (
    <>
      <p className={styles.say}>{t(sayOf(stage, block), saidSizes(block))}</p>
      <div className={styles.equation}>
        {formula !== null && <Equation label={siteTitle(t, site, looked)}>{formula}</Equation>}
        <span className={styles.facts}>
          <Term meaning={<T id="terms.head.means" />}>
            {t("steps.place", { layer: looked.layer, head: looked.head })}
          </Term>
          <span aria-hidden="true">·</span>
          {tensor !== null &&
            shapeOf(tensor, site).map(({ role, count }, axis) => (
              <Fragment key={role}>
                {axis > 0 && <span aria-hidden="true">×</span>}
                {role === "one" ? (
                  <span>{t("steps.size.one")}</span>
                ) : (
                  <span className={axes[role]}>
                    <Term meaning={<T id={`terms.${TERM_OF[role]}.means`} />}>
                      {t(`steps.size.${role}`, { count })}
                    </Term>
                  </span>
                )}
              </Fragment>
            ))}
        </span>
      </div>
      {parts && (
        <div className={styles.parts}>
          <Segmented
            label={t("steps.parts")}
            choices={stage.sites.map((id) => ({ id, name: siteTitle(t, id, looked) }))}
            chosen={site}
            onChoose={(id) => store.getState().select({ site: id })}
          />
        </div>
      )}
    </>
  );
}

/** The head and the site that are looked at: the same while the pointer runs over the cells of one figure. */
function useLookedHead(): Selection {
  const stack = useLookedAt((looked) => looked.stack);
  const attention = useLookedAt((looked) => looked.attention);
  const layer = useLookedAt((looked) => looked.layer);
  const head = useLookedAt((looked) => looked.head);
  const site = useLookedAt((looked) => looked.site);
  return { ...FIRST_SELECTION, stack, attention, layer, head, site };
}

function sayOf({ id }: Stage, block: BlockSpec): MessageKey {
  if (id === "mask") return `steps.say.mask.${block.attn.mask.kind}`;
  if (id === "scale" && block.attn.scale === 1) return "steps.say.scale.one";
  if (id === "softmax" && block.attn.normaliser.kind === "squaredRelu") return "steps.say.softmax.squared";
  if (id === "dot" && block.attn.score.kind !== "dot") return "steps.say.dot.other";
  if (id === "mlp" && block.place === "post") return "steps.say.mlp.post";
  return `steps.say.${id}`;
}

/** The size that the sentence about a mask says: a window's, a block's, the step of a dilated one. */
function saidSizes({ attn: { mask } }: BlockSpec): { size: number } {
  if ("step" in mask) return { size: mask.step };
  if ("length" in mask) return { size: mask.length };
  return { size: "size" in mask ? mask.size : 0 };
}
