import type { ReactNode } from "react";
import { Apply, Equals, Letter, Transposed } from "../../components/Equation";
import type { BlockSpec } from "../../engine/spec";
import { NORMALISED } from "./normalised";

/** The sizes that a formula names. */
export interface Sizes {
  readonly dModel: number;
  readonly dHead: number;
  readonly nHeads: number;
  readonly layer: number;
  readonly block: BlockSpec;
}

const q = <Letter as="query">Q</Letter>;
const k = <Letter as="key">K</Letter>;
const v = <Letter as="value">V</Letter>;
const a = <Letter as="attention">A</Letter>;
const s = <Letter>S</Letter>;
const x = <Letter>x</Letter>;
const plus = <mo>+</mo>;
const minus = <mo>−</mo>;
const dots = (
  <mrow>
    {q}
    <Transposed>{k}</Transposed>
  </mrow>
);

function weight(of: string): ReactNode {
  return <Letter of={of}>W</Letter>;
}

function bias(of: string): ReactNode {
  return <Letter of={of}>b</Letter>;
}

function linear(left: ReactNode, input: ReactNode, of: string): ReactNode {
  return (
    <Equals left={left}>
      {input}
      {weight(of)}
      {plus}
      {bias(of)}
    </Equals>
  );
}

/** 1 ÷ √d as the models have it; a scale of 1 leaves the sum as it is. Scores that are no products are only named. */
function scaled({ block, dHead }: Sizes): ReactNode {
  if (block.attn.score.kind !== "dot") return s;
  if (block.attn.scale === 1) return dots;
  return (
    <mfrac>
      {dots}
      <msqrt>
        <mn>{dHead}</mn>
      </msqrt>
    </mfrac>
  );
}

function average(dModel: number, of: ReactNode): ReactNode {
  return (
    <mrow>
      <mfrac>
        <mn>1</mn>
        <mn>{dModel}</mn>
      </mfrac>
      <mo>∑</mo>
      {of}
    </mrow>
  );
}

const about = (
  <mrow>
    <mo>(</mo>
    {x}
    {minus}
    <mi>μ</mi>
    <mo>)</mo>
  </mrow>
);

const NORM: Readonly<Record<string, (sizes: Sizes) => ReactNode>> = {
  step_mean: ({ dModel }) => <Equals left={<mi>μ</mi>}>{average(dModel, x)}</Equals>,
  hook_scale: ({ dModel, block }) => (
    <Equals left={<mi>σ</mi>}>
      <msqrt>
        <mrow>
          {average(
            dModel,
            <msup>
              {block.norm?.kind === "rms" ? x : about}
              <mn>2</mn>
            </msup>,
          )}
          {plus}
          <mi>ε</mi>
        </mrow>
      </msqrt>
    </Equals>
  ),
  hook_normalized: ({ block }) => (
    <Equals
      left={
        <mover>
          {x}
          <mo>^</mo>
        </mover>
      }
    >
      <mfrac>
        {block.norm?.kind === "rms" ? x : about}
        <mi>σ</mi>
      </mfrac>
    </Equals>
  ),
  hook_out: ({ block }) => (
    <mrow>
      <mover>
        {x}
        <mo>^</mo>
      </mover>
      <mo>⊙</mo>
      <mi>γ</mi>
      {block.norm?.kind === "layer" && (
        <>
          {plus}
          <mi>β</mi>
        </>
      )}
    </mrow>
  ),
};

const TABLE: Readonly<Record<string, (sizes: Sizes) => ReactNode>> = {
  hook_embed: () => <Equals left={<Letter of="token">x</Letter>}>{<Letter of="E">W</Letter>}</Equals>,
  hook_pos_embed: () => <Equals left={<Letter of="pos">x</Letter>}>{<Letter of="pos">W</Letter>}</Equals>,
  hook_token_type_embed: () => (
    <Equals left={<Letter of="type">x</Letter>}>{<Letter of="type">W</Letter>}</Equals>
  ),
  step_embed_sum: () => (
    <mrow>
      <Letter of="token">x</Letter>
      {plus}
      <Letter of="pos">x</Letter>
    </mrow>
  ),
  hook_full_embed: () => (
    <Equals left={<Letter of="0">x</Letter>}>
      <Letter of="token">x</Letter>
      {plus}
      <Letter of="pos">x</Letter>
    </Equals>
  ),
  hook_resid_pre: ({ layer }) => <Letter of={<mn>{layer}</mn>}>x</Letter>,
  "attn.hook_q": () => linear(q, x, "Q"),
  "attn.hook_k": () => linear(k, x, "K"),
  "attn.hook_v": () => linear(v, x, "V"),
  "attn.hook_rot_q": () => (
    <Equals left={<Letter as="query">Q′</Letter>}>
      <Letter of="i">R</Letter>
      {q}
    </Equals>
  ),
  "attn.hook_rot_k": () => (
    <Equals left={<Letter as="key">K′</Letter>}>
      <Letter of="j">R</Letter>
      {k}
    </Equals>
  ),
  "attn.step_dot": ({ block }) => (block.attn.score.kind === "dot" ? <Equals left={s}>{dots}</Equals> : s),
  "attn.step_scaled": (sizes) => {
    const of = scaled(sizes);
    return of === s ? s : <Equals left={s}>{of}</Equals>;
  },
  "attn.step_bias": () => <Equals left={s}>{<Letter of="ij">b</Letter>}</Equals>,
  "attn.hook_attn_scores": (sizes) => (
    <Equals left={s}>
      {scaled(sizes)}
      {plus}
      <Letter>M</Letter>
    </Equals>
  ),
  "attn.step_row_max": () => (
    <Equals left={<Letter of="i">m</Letter>}>
      <munder>
        <mi>max</mi>
        <mi>j</mi>
      </munder>
      <Letter of="ij">S</Letter>
    </Equals>
  ),
  "attn.step_exp": () => (
    <Equals left={<Letter of="ij">E</Letter>}>
      <msup>
        <mi>e</mi>
        <mrow>
          <Letter of="ij">S</Letter>
          {minus}
          <Letter of="i">m</Letter>
        </mrow>
      </msup>
    </Equals>
  ),
  "attn.step_row_sum": () => (
    <Equals left={<Letter of="i">Z</Letter>}>
      <munder>
        <mo>∑</mo>
        <mi>j</mi>
      </munder>
      <Letter of="ij">E</Letter>
    </Equals>
  ),
  "attn.hook_pattern": (sizes) => (
    <Equals left={a}>{NORMALISED[sizes.block.attn.normaliser.kind](scaled(sizes))}</Equals>
  ),
  "attn.hook_z": () => (
    <Equals left={<Letter>Z</Letter>}>
      {a}
      {v}
    </Equals>
  ),
  "attn.hook_result": () => (
    <mrow>
      <Letter of="h">Z</Letter>
      <msubsup>
        <mi>W</mi>
        <mi>O</mi>
        <mi>h</mi>
      </msubsup>
    </mrow>
  ),
  hook_attn_out: ({ nHeads }) => (
    <mrow>
      <munderover>
        <mo>∑</mo>
        <mrow>
          <mi>h</mi>
          <mo>=</mo>
          <mn>0</mn>
        </mrow>
        <mn>{nHeads - 1}</mn>
      </munderover>
      <Letter of="h">Z</Letter>
      <msubsup>
        <mi>W</mi>
        <mi>O</mi>
        <mi>h</mi>
      </msubsup>
      {plus}
      {bias("O")}
    </mrow>
  ),
  hook_resid_mid: () => (
    <mrow>
      {x}
      {plus}
      <mi>attn</mi>
    </mrow>
  ),
  "mlp.hook_pre": () => linear(<Letter>u</Letter>, x, "in"),
  "mlp.hook_pre_linear": () => linear(<Letter>g</Letter>, x, "gate"),
  "mlp.hook_post": ({ block }) => (
    <Equals left={<Letter>h</Letter>}>
      <Apply name={block.mlp.activation.replace("_tanh", "")}>
        <mi>u</mi>
      </Apply>
      {block.mlp.gated && (
        <>
          <mo>⊙</mo>
          <mi>g</mi>
        </>
      )}
    </Equals>
  ),
  hook_mlp_out: () => linear(<mi>mlp</mi>, <Letter>h</Letter>, "out"),
  hook_resid_post: ({ layer }) => (
    <Equals left={<Letter of={<mn>{layer + 1}</mn>}>x</Letter>}>
      {x}
      {plus}
      <mi>mlp</mi>
    </Equals>
  ),
};

/** The formula of a site with the model's own sizes, or null where it is a plain copy. */
export function formulaOf(site: string, sizes: Sizes): ReactNode {
  const norm = /^ln\d\.(.+)$/.exec(site)?.[1];
  const formula = norm === undefined ? TABLE[site.replace("hook_cross_attn", "hook_attn")] : NORM[norm];
  return formula?.(sizes) ?? null;
}
