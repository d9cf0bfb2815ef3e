/* Reads and writes figures exactly as povtrack/lib/figures.py does, so that browser and server never disagree.
 *
 * A figure is a BigInt in the measure's smallest unit (people, or fen), because amounts of money may have more digits
 * than a JavaScript number holds; of a flag it is true or false, of a place's code a text. null is a blank, which is
 * not zero. */

const GROUPED = /^-?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?$/;
const WIDE = /[\uff01-\uff5e]/g;
const CODE = /^[0-9A-Za-z]{1,16}$/;
const ECHOED = 40;
const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/** Put values into a sentence of the server: fill("“%(text)s” is …", {text: "x"}). */
export function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Fold full-width digits and signs.
 *
 * Only what stands for plain ASCII is folded: folding circled or raised digits too would read 5² as 52. */
function fold(text) {
  const narrow = text.replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  return narrow.replaceAll("\u2212", "-").replace(/[\u3000\u00a0\u2007\u202f]/g, " ").trim();
}

/** Fold, and drop thousands separators where they are unmistakable. */
export function clean(text) {
  const folded = fold(text);
  return GROUPED.test(folded) ? folded.replace(/[, ]/g, "") : folded;
}

const echo = (text) => [...text.trim()].slice(0, ECHOED).join("");

function parseFlag(text, { flags }, words) {
  const word = fold(text).toLowerCase();
  if (!word) return { figure: null };
  if (flags.yes.includes(word) || flags.no.includes(word)) return { figure: flags.yes.includes(word) };
  return { error: fill(words.not_a_flag, { text: echo(text) }) };
}

function parseCode(text, measure, words) {
  const code = fold(text);
  if (code && !CODE.test(code)) return { error: fill(words.not_a_code, { text: echo(text) }) };
  return { figure: code || null };
}

/** Return {figure} (null: blank) or {error}, a sentence for the person who typed `text`. */
export function parse(text, measure, words) {
  if (measure.kind === "flag") return parseFlag(text, measure, words);
  if (measure.kind === "code") return parseCode(text, measure, words);
  return parseNumber(text, measure, words);
}

function parseNumber(text, measure, words) {
  const cleaned = clean(text);
  if (!cleaned) return { figure: null };
  const match = PLAIN.exec(cleaned);
  if (!match || !(match[2] || match[3])) return { error: fill(words.not_a_number, { text: echo(text) }) };
  const decimals = (match[3] || "").replace(/0+$/, "");
  const shown = { figure: cleaned.slice(0, ECHOED), places: measure.places };
  const figure = BigInt((match[2] || "0") + decimals.slice(0, measure.places).padEnd(measure.places, "0"));
  if (match[1] === "-" && (figure > 0n || decimals)) return { error: fill(words.negative, shown) };
  if (figure > measure.max) return { error: fill(words.too_large, shown) };
  if (decimals.length > measure.places) {
    return { error: fill(measure.places ? words.too_many_decimals : words.not_whole, shown) };
  }
  return { figure };
}

/** Write a figure with its thousands apart; fen only where there are any: 1,234,567 or 1,234.50. */
export function format(figure, places) {
  if (figure === null) return "";
  if (figure < 0n) return `-${format(-figure, places)}`;
  const digits = figure.toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ",");
  const decimals = digits.slice(digits.length - places);
  return places && /[1-9]/.test(decimals) ? `${whole}.${decimals}` : whole;
}

/** Write a figure of a measure as an input shows it. */
export function show(figure, measure, words) {
  if (figure == null) return "";
  if (measure.kind === "flag") return figure ? words.yes : words.no;
  return measure.kind === "code" ? figure : format(figure, measure.places);
}

/** Write a moment as people here write dates: 2026-11-21 19:36. */
export function moment(iso) {
  const at = new Date(iso);
  const two = (number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Bring figures of different fineness to one, so that they can be compared. */
export function scaled(figure, places) {
  return figure * 10n ** BigInt(4 - places);
}
