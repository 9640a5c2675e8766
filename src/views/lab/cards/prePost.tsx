import type { Variant } from "../../../engine/variants";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import { number } from "../../../viz/format";
import { card, type FigureProps } from "../card";
import { Notice } from "../parts/Notice";
import { streamNorms } from "../parts/StreamChange";
import { type Passes, VariantFigure } from "../parts/VariantFigure";
import { writeRatios } from "../parts/writeRatios";

const SWITCHES = {
  place: {
    kind: "choice",
    label: "lab.prePost.place",
    options: { pre: "lab.prePost.pre", post: "lab.prePost.post" },
    rest: "post",
  },
  weights: {
    kind: "choice",
    label: "lab.weights",
    options: { own: "lab.weights.own", sibling: "lab.weights.sibling", random: "lab.weights.random" },
    rest: "own",
  },
} as const;

function PrePost({ values: { place, weights } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const looked = useLooked();
  const variant: Variant = [
    { kind: "place", place },
    ...(weights === "random" ? [{ kind: "weights", init: "xavier", seed: 1, all: true } as const] : []),
  ];
  const last = (norms: Float32Array) => norms.at(-1) ?? Number.NaN;
  const notice = ({ before, after }: Passes) => (
    <Notice>
      <T
        id={`lab.prePost.say.${place}`}
        components={{
          before: <b>{number(last(streamNorms(before, looked.stack, looked.query)))}</b>,
          after: <b data-fact="after">{number(last(streamNorms(after, looked.stack, looked.query)))}</b>,
        }}
      />
    </Notice>
  );
  const facts = ({ before, after }: Passes) => {
    const [from, to] = [before, after].map((trace) => streamNorms(trace, looked.stack, looked.query));
    const [writes, changed] = [before, after].map((trace) =>
      writeRatios(trace, looked.stack, "hook_attn_out"),
    );
    return [
      ...Array.from(from ?? [], (norm, layer) => ({
        name: t("lab.prePost.norm", { layer }),
        values: [norm, to?.[layer] ?? null],
      })),
      ...(writes ?? []).map((ratio, layer) => ({
        name: t("lab.prePost.ratio", { layer }),
        values: [ratio, changed?.[layer] ?? null],
      })),
    ];
  };
  const [pre, post] = ["learned", "post-norm"] as const;
  const sibling = place === "post" ? { base: pre, changed: post } : { base: post, changed: pre };
  return (
    <VariantFigure
      variant={variant}
      sibling={weights === "sibling" ? sibling : null}
      notice={notice}
      facts={facts}
    />
  );
}

export const prePost = card(SWITCHES, PrePost);
