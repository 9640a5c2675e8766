import { format } from "d3-format";

const significant = format(",.3r");
const scientific = format(".2e");
const grouped = format(",d");
const MINUS = "−";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** A narrow space that does not break, between a number and its unit. */
const THIN = "\u202f";

/** A number as every view writes it: three significant digits, a true minus, ∞ for infinity; 0 is "0". */
export function number(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? `${MINUS}∞` : "∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size < 1e-4 || size >= 999_500 ? powerOfTen(value) : significant(value);
}

/** A number that always says its sign: "+2.61", "−0.07", "0". */
export function signed(value: number): string {
  return value > 0 ? `+${number(value)}` : number(value);
}

/** A share of one as a percentage: 0.9412 is "94.1 %". Only the whole is "100 %": 0.99989 is "99.99 %". */
export function percent(share: number): string {
  const whole = share * 100;
  const said = number(whole);
  return `${said === "100" && share < 1 ? nearlyWhole(whole) : said}${THIN}%`;
}

/** As many decimals as it takes to stay below a hundred. */
function nearlyWhole(value: number): string {
  const decimals = [1, 2, 3, 4, 5].find((count) => Number(value.toFixed(count)) < 100);
  return decimals === undefined ? "100" : value.toFixed(decimals);
}

/** A count, grouped by thousands. */
export function count(value: number): string {
  return grouped(value);
}

/**
 * A number for the inside of a small cell: two significant digits, no zero before the point (".94", "−1.2", "12"), and
 * nothing for what rounds to a bare zero at that size. Its exact value is in the cell's name.
 */
export function short(value: number): string {
  if (!Number.isFinite(value)) return number(value);
  const size = Math.abs(value);
  if (size < 0.005) return "";
  const digits =
    size >= 99.5 ? grouped(size) : size >= 9.95 ? size.toFixed(0) : size.toFixed(size < 0.995 ? 2 : 1);
  return `${value < 0 ? MINUS : ""}${digits.replace(/^0/, "").replace(/\.0$/, "")}`;
}

/** A number of bytes or parameters with its unit: 2,400,000 is "2.4 M". */
export function magnitude(value: number): string {
  const units = [
    [1e15, "P"],
    [1e12, "T"],
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const;
  const unit = units.find(([size]) => value >= size);
  return unit === undefined ? grouped(value) : `${significant(value / unit[0])}${THIN}${unit[1]}`;
}

function powerOfTen(value: number): string {
  const [mantissa = "", exponent = "0"] = scientific(value).split("e");
  const power = exponent.replace(MINUS, "-").replace(/^\+/, "");
  return `${mantissa}${THIN}×${THIN}10${raised(power)}`;
}

/** A whole number in raised digits: "12" is "¹²". */
export function raised(digits: string): string {
  return [...digits].map((digit) => (digit === "-" ? "⁻" : (SUPERSCRIPTS[Number(digit)] ?? ""))).join("");
}
