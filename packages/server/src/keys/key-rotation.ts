const DAY_MS = 86_400_000;

/** Age of the newest key at which a new one is made. */
const ROTATE_AFTER_MS = 90 * DAY_MS;

/** Time that a key is kept after a newer one took over: longer than anything made with it lives. */
const KEEP_AFTER_ROTATION_MS = 400 * DAY_MS;

/** What is to be done when it is time for a new key. */
export interface KeyRotation {
  /** The id of the key to make. */
  readonly newId: number;
  /** Ids of the keys that nothing can need any more. */
  readonly expiredIds: readonly number[];
}

/**
 * Tells whether it is time for a new key.
 *
 * @param keys - oldest first
 * @returns `undefined` while there is nothing to do
 */
export function planKeyRotation(
  keys: readonly { readonly id: number; readonly createdAtMs: number }[],
  nowMs: number,
): KeyRotation | undefined {
  const newest = keys.at(-1);
  if (newest === undefined) return { newId: 1, expiredIds: [] };
  const ageMs = nowMs - newest.createdAtMs;
  if (ageMs < ROTATE_AFTER_MS) return undefined;
  const newId = (newest.id + 1) % 256;
  // A clock that runs ahead is more likely than a year without a start, and a key that was dropped cannot come back.
  if (ageMs > KEEP_AFTER_ROTATION_MS) return { newId, expiredIds: [] };
  const expired = keys.filter((_, index) => {
    const successor = keys[index + 1];
    return successor !== undefined && nowMs - successor.createdAtMs >= KEEP_AFTER_ROTATION_MS;
  });
  return { newId, expiredIds: expired.map(({ id }) => id) };
}
