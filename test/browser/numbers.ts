/** The first number of a text as the page writes it: "0.941", "2.31 × 10⁻⁵", "94.1 %" (then as a share of one). */
export function numberIn(text: string): number {
  const found = /([−+-]?[\d,]*\.?\d+|[−-]?∞)(?:\u202f?×\u202f?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?(\u202f?%)?/u.exec(text);
  if (found === null) return Number.NaN;
  const [, mantissa = "", exponent = "", unit] = found;
  const digits = [...exponent].map((digit) => (digit === "⁻" ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit))).join("");
  const value =
    Number(mantissa.replace("−", "-").replaceAll(",", "").replace("∞", "Infinity")) *
    10 ** Number(digits || "0");
  return unit === undefined ? value : value / 100;
}

/** Whether what is shown is a number at the three digits that the page writes; the engines add in another order. */
export function isShown(text: string, expected: number): boolean {
  const shown = numberIn(text);
  return Math.abs(shown - expected) <= 1e-4 + 5.1e-3 * Math.abs(expected);
}
