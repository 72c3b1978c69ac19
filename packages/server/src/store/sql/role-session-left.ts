/** The longest lifetime of role credentials. */
export const MAX_ROLE_SESSION_MS = 12 * 60 * 60_000;

/**
 * Whether nobody can hold role credentials any more that came of an authorization which has expired: one that was ended has none,
 * whether it is there or not, and those of one that ran out live on to their own end.
 *
 * @param nowMs - the parameter with the time
 */
export function noRoleSessionLeft(nowMs: string): string {
  return `(state <> 'active' OR ended_at_ms IS NOT NULL OR expires_at_ms <= ${nowMs} - ${MAX_ROLE_SESSION_MS})`;
}
