const styles = new WeakMap<Element, Record<string, string>>();

/** jsdom has MathML elements without the style that browsers give them, and formulas set it. */
if (typeof Element !== "undefined" && !("style" in Element.prototype)) {
  Object.defineProperty(Element.prototype, "style", {
    configurable: true,
    get(this: Element) {
      const style = styles.get(this) ?? {};
      styles.set(this, style);
      return style;
    },
  });
}
