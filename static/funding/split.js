/* Splits an amount by weights exactly as funding/split.py does. All figures are BigInts, amounts in cents (fen). */

/** Read a plain figure of the server, such as "1234.5", in hundredths; null where there is none. */
export function hundredths(text) {
  if (!text) return null;
  const [whole, decimals = ""] = text.split(".");
  return BigInt(whole + decimals.slice(0, 2).padEnd(2, "0"));
}

/** Return a part for each weight, in proportion to it; null where the weight is missing or zero, or too small for a cent.
 *
 * What rounding down leaves goes to the largest remainders, of equal ones to the first. */
export function split(cents, weights) {
  const sizes = weights.map((weight) => (weight > 0n ? weight : 0n));
  const whole = sizes.reduce((sum, size) => sum + size, 0n);
  if (!whole) return sizes.map(() => null);
  const parts = sizes.map((size) => (cents * size) / whole);
  const left = Number(cents - parts.reduce((sum, part) => sum + part, 0n));
  const rest = sizes.map((size, at) => ({ at, rest: (cents * size) % whole }));
  rest.sort((a, b) => (a.rest < b.rest ? 1 : a.rest > b.rest ? -1 : a.at - b.at));
  for (const { at } of rest.slice(0, left)) parts[at] += 1n;
  return parts.map((part) => part || null);
}
