/** A colour as `#rrggbb`. */
export type Colour = string;

/** The contrast that WCAG 2.2 asks of text (success criterion 1.4.3, level AA). */
export const MIN_CONTRAST = 4.5;

/** Contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: Colour, other: Colour): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The lowest contrast of a colour with any of several. */
export function lowestContrast(colour: Colour, others: readonly Colour[]): number {
  return Math.min(...others.map((other) => contrast(colour, other)));
}

/** @param share - of the second colour, from 0 to 1 */
export function mix(one: Colour, other: Colour, share: number): Colour {
  const parts = channels(other);
  const mixed = channels(one).map((value, index) => value + ((parts[index] ?? 0) - value) * share);
  return `#${mixed.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

/** Mixes in as little of a second colour as gives enough contrast with all of several others. */
export function untilReadable(colour: Colour, other: Colour, others: readonly Colour[]): Colour {
  for (let percent = 0; percent < 100; percent += 1) {
    const mixed = mix(colour, other, percent / 100);
    if (lowestContrast(mixed, others) >= MIN_CONTRAST) return mixed;
  }
  return other;
}

/** Relative luminance in sRGB (WCAG 2.2, "relative luminance"). */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(colour: Colour): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
