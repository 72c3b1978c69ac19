/** Slices a list (`[start:stop:step]`). Negative positions count from the end; a negative step walks backwards. */
export function slice(
  list: readonly unknown[],
  start: number | null,
  stop: number | null,
  step: number | null,
): readonly unknown[] {
  const by = step ?? 1;
  const [lowest, highest] = by > 0 ? [0, list.length] : [-1, list.length - 1];
  const clamp = (position: number) =>
    Math.min(Math.max(position < 0 ? position + list.length : position, lowest), highest);
  const from = start === null ? (by > 0 ? lowest : highest) : clamp(start);
  const to = stop === null ? (by > 0 ? highest : lowest) : clamp(stop);
  const found: unknown[] = [];
  for (let at = from; by > 0 ? at < to : at > to; at += by) found.push(list[at]);
  return found;
}
