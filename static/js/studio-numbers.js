/* Numbers as the site reads them (catalogue/money.py): with any marks, in Lao figures too; read back in figures and words. */

const LAO_ZERO = 0x0ed0;
const NBSP = "\u00a0";
const PLAIN = /^\d+$/;
const GROUPED = /^[1-9]\d{0,2}(?:([.,' ])\d{3})(?:\1\d{3})*$/;
const ONE_MARK = /^(\d*)[.,](\d+)$/;
const BOTH_MARKS = /^(.+)([.,])(\d+)$/;

const plainly = (text) =>
  [...text.normalize("NFKC")]
    .map((sign) => (sign >= "\u0ed0" && sign <= "\u0ed9" ? String(sign.codePointAt(0) - LAO_ZERO) : sign))
    .join("")
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/[’‘]/g, "'")
    .replace(/\s/g, " ")
    .trim()
    .replace(/^\+/, "");

const whole = (text) => text.replace(/\D/g, "");

/* A decimal without idle noughts: "01.50" is "1.5". */
function tidy(number) {
  const [before, after = ""] = number.split(".");
  const end = after.replace(/0+$/, "");
  return (before.replace(/^0+(?=\d)/, "") || "0") + (end && `.${end}`);
}

/* What was typed: {number: "1250.5"}, {readings: ["1.25", "1250"]} where it can mean two things, or {} for none. Numbers
   are written as decimals, since kip have more figures than a float holds well. */
export function read(text) {
  const typed = plainly(text);
  if (!typed || typed.length > 40) return {};
  if (PLAIN.test(typed)) return { number: tidy(typed) };
  const grouped = GROUPED.exec(typed);
  if (grouped) {
    if (typed.length <= 7 && ".,".includes(grouped[1])) return { readings: [tidy(typed.replace(",", ".")), whole(typed)] };
    return { number: whole(typed) };
  }
  const simple = ONE_MARK.exec(typed);
  if (simple) return { number: tidy(`${simple[1] || 0}.${simple[2]}`) };
  const parts = BOTH_MARKS.exec(typed);
  const head = parts && GROUPED.exec(parts[1]);
  if (head && head[1] !== parts[2]) return { number: tidy(`${whole(parts[1])}.${parts[3]}`) };
  return {};
}

/* The number with its groups, as a language writes them: "1.250.000,5" in Lao. */
export function figure(number, language) {
  const [before, after] = number.split(".");
  const [group, point] = language === "lo" ? [".", ","] : [",", "."];
  return before.replace(/\B(?=(\d{3})+$)/g, group) + (after ? point + after : "");
}

export const withUnit = (number, unit, language) => figure(number, language) + (unit && NBSP + unit);

/* The number times a power of ten. */
export function times(number, power) {
  const [before, after = ""] = number.split(".");
  const digits = after.padEnd(power, "0");
  return tidy(`${before}${digits.slice(0, power)}.${digits.slice(power)}`);
}

/* As it may be typed again without meaning two things. */
export const unmistakable = (number) => (/^\d{1,3}\.\d{3}$/.test(number) ? `${number}0` : number);

const LAO_ONES = ["", "ໜຶ່ງ", "ສອງ", "ສາມ", "ສີ່", "ຫ້າ", "ຫົກ", "ເຈັດ", "ແປດ", "ເກົ້າ"];
const LAO_PLACES = [[1e9, "ຕື້"], [1e6, "ລ້ານ"], [1e5, "ແສນ"], [1e4, "ໝື່ນ"], [1000, "ພັນ"], [100, "ຮ້ອຍ"]];
const ONES = "_ one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
const TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const PLACES = [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"], [1000, "thousand"], [100, "hundred"]];

function lao(number) {
  for (const [size, place] of LAO_PLACES) {
    if (number >= size) return lao(Math.floor(number / size)) + place + lao(number % size);
  }
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  if (!tens) return LAO_ONES[ones];
  return (tens === 2 ? "ຊາວ" : LAO_ONES[tens > 2 ? tens : 0] + "ສິບ") + (ones === 1 ? "ເອັດ" : LAO_ONES[ones]);
}

function english(number) {
  for (const [size, place] of PLACES) {
    if (number < size) continue;
    const rest = number % size;
    const joint = rest > 0 && rest < 100 ? " and " : " ";
    return `${english(Math.floor(number / size))} ${place}${rest ? joint + english(rest) : ""}`;
  }
  if (number < 20) return number ? ONES[number] : "";
  return TENS[Math.floor(number / 10)] + (number % 10 ? `-${ONES[number % 10]}` : "");
}

/* A whole number below 10^15 in words with its unit; "" for any other. */
export function inWords(number, unit, language) {
  if (number.includes(".") || number.length > 15) return "";
  const value = Number(number);
  return language === "lo" ? (lao(value) || "ສູນ") + unit : `${english(value) || "zero"} ${unit}`.trim();
}

/* What a price in kip may mean that is too small: thousands, or millions where it has decimals. */
export function instead(number) {
  const least = 10_000;
  if (!(Number(number) > 0 && Number(number) < least)) return [];
  const larger = [3, 6].map((power) => times(number, power)).filter((each) => Number(each) >= least);
  return number.includes(".") ? larger : larger.slice(0, 1);
}
