import type { ActiveAuthorization, Rotation } from '../store/store.ts';

/** The grace for a code or refresh token that was exchanged already, and the time to count it from. */
export interface Grace {
  readonly nowMs: number;
  readonly graceMs: number;
}

/**
 * How many rotations a session may have within one grace. A session keeps the instants of so many; beyond them a
 * refresh gives the current tokens again and rotates nothing, so that no token leaves the grace early.
 */
export const MAX_ROTATIONS_IN_GRACE = 32;

/**
 * Whether the code or refresh token of a generation was exchanged so recently that whoever shows it may have lost the
 * answer, or shares it with another process. The grace counts from the token's own rotation, however many rotations
 * came after it. A rotation that seems to lie in the future, as the clock was set back, is taken by its distance.
 *
 * @param generation - of the token that is shown; a code counts as generation 0
 */
export function isInGrace(session: ActiveAuthorization, generation: number, grace: Grace): boolean {
  const rotatedAtMs = rotations(session)[session.generation - 1 - generation];
  return rotatedAtMs !== undefined && isRecent(rotatedAtMs, grace);
}

/**
 * The next rotation of a session; `undefined` when it has as many rotations within the grace as it may have.
 *
 * @param generation - of the refresh token that is shown: the session's, or a later one where the store went back in time.
 *   When the generations between them began is not known any more. They count as begun now: their tokens are genuine, and
 *   other processes may have them in their hands
 */
export function planRotation(
  session: ActiveAuthorization,
  grace: Grace,
  generation = session.generation,
): Rotation | undefined {
  const missing = Math.min(generation - session.generation, MAX_ROTATIONS_IN_GRACE);
  const all = [...Array<number>(missing).fill(grace.nowMs), ...rotations(session)];
  // Places in the list stand for generations, so nothing goes from its middle, where an instant is not recent although
  // an older one is: the clock was set back in between.
  const kept = all.slice(0, all.findLastIndex((rotatedAtMs) => isRecent(rotatedAtMs, grace)) + 1);
  if (kept.length >= MAX_ROTATIONS_IN_GRACE && missing === 0) return undefined;
  const earlierRotationsMs = kept.slice(0, MAX_ROTATIONS_IN_GRACE - 1);
  return { generation, nowMs: grace.nowMs, earlierRotationsMs };
}

/** The session as the store has it once `rotation` is done. */
export function afterRotation(session: ActiveAuthorization, rotation: Rotation): ActiveAuthorization {
  const { generation, nowMs: rotatedAtMs, earlierRotationsMs } = rotation;
  return { ...session, generation: generation + 1, rotatedAtMs, earlierRotationsMs };
}

/** The instants at which generations began, the current one first: each ended the generation before it. */
function rotations({ rotatedAtMs, earlierRotationsMs }: ActiveAuthorization): readonly number[] {
  return [rotatedAtMs, ...earlierRotationsMs];
}

function isRecent(rotatedAtMs: number, { nowMs, graceMs }: Grace): boolean {
  return Math.abs(nowMs - rotatedAtMs) <= graceMs;
}
