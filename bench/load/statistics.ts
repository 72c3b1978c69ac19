/** @param values in any order; at least one */
export function median(values: readonly number[]): number {
  return quantile(values.toSorted(ascending), 0.5);
}

/**
 * The value below which the given share of the values lies, interpolated between the two nearest.
 *
 * @param sorted in ascending order; at least one
 * @param share 0 to 1
 */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) {
    throw new RangeError(`Cannot take a quantile: found ${sorted.length} values and share ${share}`);
  }
  return below + (above - below) * (position - Math.floor(position));
}

export const ascending = (a: number, b: number): number => a - b;
