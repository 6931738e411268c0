// Numbers as text.

/** A number as Python's `:.{digits}g` writes it. */
export function significant(value, digits) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return "0";
  const [head, power] = value.toExponential(digits - 1).split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= digits) {
    const short = head.includes(".") ? head.replace(/\.?0+$/, "") : head;
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${short}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  const fixed = value.toFixed(digits - 1 - exponent);
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
}

/** A number for the screen, with a true minus sign. */
export function shown(value, digits = 4) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e5)) {
    const [head, power] = value.toExponential(2).split("e");
    return `${head} · 10${raised(Number(power))}`.replace("-", "−");
  }
  return value.toFixed(digits).replace("-", "−");
}

/** A whole number as a superscript. */
export function raised(number) {
  return [...String(number)].map((sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign] ?? "⁻").join("");
}

/** A whole number as a subscript. */
export function lowered(number) {
  return [...String(number)].map((sign) => "₀₁₂₃₄₅₆₇₈₉"[sign]).join("");
}

/** A share in per cent. */
export const percent = (share) => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : "–");
