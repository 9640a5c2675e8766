import { px } from "../svgParts";
import { painted, paintOf } from "./colour";
import type { Around } from "./textPieces";

/** The lines that a formula has beside its letters: of a fraction, and of a root. */
export function mathRules(element: Element, { left, top, opacity }: Around, style: CSSStyleDeclaration) {
  const paint = paintOf(style.color);
  const [above, below] = [...element.children].map((child) => child.getBoundingClientRect());
  if (paint === null) return [];
  const line = (path: string) =>
    `<path fill="none" ${painted("stroke", paint, opacity)} stroke-width="1" d="${path}"/>`;
  const box = element.getBoundingClientRect();
  const x = box.left - left;
  if (isStretched(element, style)) return [line(fence(element.textContent ?? "", box, left, top))];
  if (above === undefined) return [];
  if (element.localName === "mfrac" && below !== undefined) {
    const y = (above.bottom + below.top) / 2 - top;
    return [line(`M${px(x)} ${px(y)}h${px(box.width)}`)];
  }
  if (element.localName !== "msqrt" && element.localName !== "mroot") return [];
  // The sign stands before the first child; its bar runs over all of them.
  const [foot, head, start] = [box.bottom - top - 1, box.top - top + 1, above.left - left];
  const from = Math.max(x, start - 0.75 * box.height);
  const path = `M${px(from)} ${px(foot - 0.4 * box.height)}l2 -1L${px((from + start) / 2)} ${px(foot)}L${px(start - 1)} ${px(head)}H${px(x + box.width)}`;
  return [line(path)];
}

/** Whether an operator is higher than its letter: a bracket that grows with what is in it. */
export function isStretched(element: Element, style: CSSStyleDeclaration): boolean {
  if (element.localName !== "mo" || !/^[()[\]|]$/.test(element.textContent?.trim() ?? "")) return false;
  return element.getBoundingClientRect().height > 1.7 * Number.parseFloat(style.fontSize);
}

function fence(sign: string, box: DOMRect, left: number, top: number): string {
  const [near, far] =
    sign.trim() === "(" || sign.trim() === "[" ? [box.right, box.left] : [box.left, box.right];
  const inset = 0.25 * (far - near);
  const [x, out] = [px(near + inset - left), px(far - inset - left)];
  const [y, end] = [px(box.top - top + 1), px(box.bottom - top - 1)];
  switch (sign.trim()) {
    case "(":
    case ")":
      return `M${x} ${y}Q${px(far - left)} ${px(box.top - top + box.height / 2)} ${x} ${end}`;
    case "|":
      return `M${px(box.left + box.width / 2 - left)} ${y}V${end}`;
    default:
      return `M${x} ${y}H${out}V${end}H${x}`;
  }
}
