import { px } from "../svgParts";
import { paintOf } from "./colour";

/** What style sheets say of a shape, and its value where they say nothing. */
const SAID: readonly (readonly [string, string])[] = [
  ["fill", "rgb(0, 0, 0)"],
  ["fill-opacity", "1"],
  ["stroke", "none"],
  ["stroke-width", "1px"],
  ["stroke-opacity", "1"],
  ["stroke-dasharray", "none"],
  ["stroke-linecap", "butt"],
  ["stroke-linejoin", "miter"],
  ["opacity", "1"],
];
const SAID_OF_TEXT: readonly (readonly [string, string])[] = [
  ["font-family", ""],
  ["font-size", ""],
  ["font-weight", "400"],
  ["text-anchor", "start"],
  ["dominant-baseline", "auto"],
];
/** Attributes that are about the page, not about the picture. */
const OF_PAGE = /^(?:class|style|id|role|tabindex|aria-.*|data-.*|on.*)$/;

/** A drawing of the page as it looks, without its style sheets: shapes and texts stay shapes and texts. */
export function drawnSvg(svg: SVGSVGElement, left: number, top: number, opacity: number): string {
  const matrix = svg.getScreenCTM();
  if (matrix === null) return "";
  const copy = document.createElementNS("http://www.w3.org/2000/svg", "g");
  copy.setAttribute(
    "transform",
    `matrix(${[matrix.a, matrix.b, matrix.c, matrix.d, matrix.e - left, matrix.f - top].map(px4).join(" ")})`,
  );
  if (opacity < 1) copy.setAttribute("opacity", px(opacity));
  for (const child of svg.children) {
    const drawn = drawnElement(child);
    if (drawn !== null) copy.append(drawn);
  }
  return new XMLSerializer().serializeToString(copy);
}

function drawnElement(element: Element): Element | null {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden" || element.localName === "title") return null;
  const copy = document.createElementNS("http://www.w3.org/2000/svg", element.localName);
  for (const { name, value } of element.attributes) {
    if (!OF_PAGE.test(name) && !/^javascript:/i.test(value)) copy.setAttribute(name, value);
  }
  const isText = /^(?:text|tspan)$/.test(element.localName);
  for (const [name, usual] of isText ? [...SAID, ...SAID_OF_TEXT] : SAID) {
    const value = style.getPropertyValue(name);
    copy.removeAttribute(name);
    if (value === usual || value === "") continue;
    const paint = name === "fill" || name === "stroke" ? paintOf(value) : null;
    copy.setAttribute(name, paint?.colour ?? (paintless(name, value) ? "none" : value));
    if (paint !== null && paint.opacity < 1) copy.setAttribute(`${name}-opacity`, px(paint.opacity));
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) {
      const drawn = drawnElement(child);
      if (drawn !== null) copy.append(drawn);
    } else if (child.nodeType === Node.TEXT_NODE && child.textContent !== null && isText) {
      copy.append(child.textContent);
    }
  }
  return copy;
}

/** A colour that cannot be seen is no paint. */
function paintless(name: string, value: string): boolean {
  return (name === "fill" || name === "stroke") && value !== "none" && !value.startsWith("url(");
}

function px4(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}
