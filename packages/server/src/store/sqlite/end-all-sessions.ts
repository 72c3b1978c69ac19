import type { DatabaseSync } from 'node:sqlite';

/**
 * Ends every sign-in session of a browser and every authorization of a client, approved ones that wait for their code to be
 * redeemed among them. @returns how many there were
 */
export function endAllSessions(database: DatabaseSync, nowMs: number): number {
  const end = (table: string, condition: string) =>
    Number(
      database
        .prepare(
          `UPDATE ${table} SET ended_at_ms = max(?, created_at_ms) WHERE ended_at_ms IS NULL AND ${condition}`,
        )
        .run(nowMs).changes,
    );
  return end('sign_in_session', 'TRUE') + end('authorization', "state IN ('approved', 'active')");
}
