import type { Element, ElementContent, Root } from "hast";
import temml from "temml";

/** A node of temml's tree: an element, text, or a fragment of nodes. */
interface MathNode {
  readonly type?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly classes?: readonly string[];
  readonly style?: Readonly<Record<string, string>>;
  readonly children?: readonly MathNode[];
}

/** Words of formulas that have the colour which their meaning has everywhere: `\query{Q}\key{K}^\top`. */
const MACROS = {
  "\\query": "\\class{math-query}{#1}",
  "\\key": "\\class{math-key}{#1}",
  "\\val": "\\class{math-value}{#1}",
  "\\att": "\\class{math-attention}{#1}",
};

/** Turns the formulas that remark-math marked into MathML. A formula that is not TeX stops the build. */
export function rehypeMathml() {
  return (tree: Root) => {
    replaceMath(tree);
    keepMarks(tree);
  };
}

/** Marks that must not begin a line, and marks that must not end one. */
const CLOSING = /^[,.;:!?)\]…，。；：！？、）」』”’]+/;
const OPENING = /[([（「『“‘]+$/;

/** Binds formulas and words of the glossary in a line to the marks around them: browsers would break a line between the two. */
function keepMarks(parent: Root | Element): void {
  const children = parent.children as ElementContent[];
  children.forEach((child, at) => {
    if (!isBox(child)) {
      if ("children" in child && !isFormula(child)) keepMarks(child as Element);
      return;
    }
    const before = cut(children[at - 1], OPENING);
    const after = cut(children[at + 1], CLOSING);
    if (before === "" && after === "") return;
    const bound: ElementContent[] = [{ type: "text", value: before }, child, { type: "text", value: after }];
    children[at] = {
      type: "element",
      tagName: "span",
      properties: { className: ["bound"] },
      children: bound,
    };
  });
}

/** Takes what matches off a text, and gives it back. */
function cut(node: ElementContent | undefined, marks: RegExp): string {
  if (node?.type !== "text") return "";
  const [found = ""] = marks.exec(node.value) ?? [];
  node.value = node.value.replace(marks, "");
  return found;
}

/** Whether browsers lay something out as a box within the line. */
function isBox(node: ElementContent): boolean {
  if (isFormula(node)) return node.type === "element" && node.properties.display !== "block";
  return "name" in node && node.name === "Term";
}

function isFormula(node: ElementContent): boolean {
  return node.type === "element" && node.tagName === "math";
}

function replaceMath(parent: Root | Element): void {
  parent.children = parent.children.map((child) => {
    if (child.type !== "element") {
      // Components of MDX have children as elements do.
      if ("children" in child) replaceMath(child as unknown as Element);
      return child;
    }
    const classes = child.properties.className;
    const is = (name: string) => Array.isArray(classes) && classes.includes(name);
    if (is("math-inline")) return mathml(textOf(child), false);
    // remark-math puts a block into <pre><code class="math-display">.
    const [inner] = child.children;
    if (child.tagName === "pre" && inner?.type === "element") {
      const within = inner.properties.className;
      if (Array.isArray(within) && within.includes("math-display")) return mathml(textOf(inner), true);
    }
    replaceMath(child);
    return child;
  }) as typeof parent.children;
}

function mathml(tex: string, displayMode: boolean): ElementContent {
  const tree: MathNode = temml.__renderToMathMLTree(tex, {
    displayMode,
    throwOnError: true,
    trust: true,
    macros: { ...MACROS },
  });
  const [math] = toHast(tree);
  if (math === undefined) throw new Error(`no formula in ${tex}`);
  return math;
}

function toHast({ type, text, attributes, classes, style, children = [] }: MathNode): ElementContent[] {
  if (text !== undefined) return [{ type: "text", value: text }];
  const inside = children.flatMap(toHast);
  if (type === undefined) return inside;
  const { class: own = "", style: given, ...rest } = attributes ?? {};
  const names = [...(classes ?? []), own].filter((name) => name !== "");
  // MathML in today's browsers is displayed by its own attribute.
  const { display: _, ...shown } = style ?? {};
  const rules = Object.entries(shown).map(([name, value]) => `${dashed(name)}:${value}`);
  const styled = [given, ...rules].filter((rule) => rule !== undefined).join(";");
  const properties = {
    ...rest,
    ...(names.length > 0 && { className: names }),
    ...(styled !== "" && { style: styled }),
  };
  return [{ type: "element", tagName: type, properties, children: inside }];
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function textOf(node: ElementContent): string {
  if (node.type === "text") return node.value;
  return "children" in node ? (node.children as ElementContent[]).map(textOf).join("") : "";
}
