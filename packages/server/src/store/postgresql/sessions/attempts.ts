import type { Attempt, StoreOptions } from '../../store.ts';
import type { Database } from '../database.ts';
import { readStatement, writeStatement } from '../statement.ts';
import { surplusRows } from './surplus.ts';

// A window that is used up costs a read and no write. Increments are atomic, so no more than the limit are ever allowed: of
// those that come at once, the ones beyond it are refused, though they were counted.
const takeStatement = writeStatement(
  'take_attempt',
  `WITH asked AS MATERIALIZED (
     SELECT * FROM unnest($1::bytea[], $2::int[], $3::bigint[], $5::bytea[]) AS t (subject, allowed, window_ms, holder)),
   used_up AS MATERIALIZED (
     SELECT max(least(w.ends_at_ms, $4 + a.window_ms)) AS until_ms
     FROM asked a JOIN attempt_window w ON w.subject = a.subject
     WHERE w.ends_at_ms > $4 AND w.attempts >= a.allowed),
   shortened AS (
     UPDATE attempt_window w SET ends_at_ms = $4 + a.window_ms FROM asked a
     WHERE w.subject = a.subject AND w.ends_at_ms > $4 + a.window_ms AND (SELECT until_ms FROM used_up) IS NOT NULL),
   taken AS (
     INSERT INTO attempt_window AS w (subject, attempts, ends_at_ms, holder)
     SELECT subject, 1, $4 + window_ms, holder FROM asked
     WHERE (SELECT until_ms FROM used_up) IS NULL ORDER BY subject
     ON CONFLICT (subject) DO UPDATE SET
       attempts = CASE WHEN w.ends_at_ms <= $4 THEN 1 ELSE w.attempts + 1 END,
       ends_at_ms = CASE WHEN w.ends_at_ms <= $4 THEN excluded.ends_at_ms ELSE least(w.ends_at_ms, excluded.ends_at_ms) END,
       holder = CASE WHEN w.ends_at_ms <= $4 THEN excluded.holder ELSE w.holder END
     RETURNING subject, attempts, ends_at_ms)
   SELECT (SELECT until_ms FROM used_up) AS "usedUpUntilMs",
          (SELECT max(t.ends_at_ms) FROM taken t JOIN asked a ON a.subject = t.subject WHERE t.attempts > a.allowed)
            AS "exceededUntilMs"`,
  'repeat',
);

// The rows are held before it is decided what becomes of them: how many attempts they have is not what the statement saw at first,
// if others take and give back at the same time.
const giveBackStatement = writeStatement(
  'give_attempts_back',
  `WITH held AS MATERIALIZED (
     SELECT w.subject, w.attempts, a.reset
     FROM attempt_window w JOIN unnest($1::bytea[], $2::boolean[]) AS a (subject, reset) ON a.subject = w.subject
     ORDER BY w.subject FOR UPDATE OF w),
   gone AS (
     DELETE FROM attempt_window w USING held h WHERE w.subject = h.subject AND (h.reset OR h.attempts <= 1))
   UPDATE attempt_window w SET attempts = h.attempts - 1 FROM held h
   WHERE w.subject = h.subject AND NOT h.reset AND h.attempts > 1
   RETURNING w.subject`,
  'giveUp',
);

const countStatement = readStatement('count_attempt_windows', 'SELECT count(*) AS count FROM attempt_window');

const removeStatement = writeStatement(
  'remove_surplus_attempt_windows',
  `DELETE FROM attempt_window WHERE subject IN (${surplusRows({
    ...{ table: 'attempt_window', condition: 'TRUE', key: 'subject' },
    ...{ order: 'attempts DESC, ends_at_ms DESC', most: '$1' },
  })})
   RETURNING subject`,
  'repeat',
);

/** How many windows may be opened by this process before all are counted anew. */
const COUNT_EVERY = 1_000;

/** Allowances of guesses, which all processes share. */
export class Attempts {
  readonly #database: Database;
  readonly #options: Required<Pick<StoreOptions, 'maxAttemptWindows' | 'onDrop'>>;
  #takenSinceCount = 0;

  constructor(database: Database, options: Required<Pick<StoreOptions, 'maxAttemptWindows' | 'onDrop'>>) {
    this.#database = database;
    this.#options = options;
  }

  /** @returns when the fullest window ends, if the attempt is refused */
  async take(attempts: readonly Attempt[], nowMs: number): Promise<number | undefined> {
    if (attempts.length === 0) return undefined;
    await this.#makeRoom(attempts.length);
    const column = <K extends keyof Attempt>(name: K) => attempts.map((attempt) => attempt[name]);
    const values = [column('subject'), column('limit'), column('windowMs'), nowMs, column('holder')];
    const rows = await this.#database.write(takeStatement, values);
    const { usedUpUntilMs, exceededUntilMs } = rows[0] as unknown as TakenRow;
    if (usedUpUntilMs !== null) return usedUpUntilMs;
    if (exceededUntilMs === null) return undefined;
    // Others were faster. What was counted for this attempt is given back to the subjects that are not used up.
    await this.giveBack(attempts.map(({ subject }) => ({ subject, reset: false })));
    return exceededUntilMs;
  }

  async giveBack(
    subjects: readonly { readonly subject: Uint8Array; readonly reset: boolean }[],
  ): Promise<void> {
    const values = [subjects.map(({ subject }) => subject), subjects.map(({ reset }) => reset)];
    await this.#database.write(giveBackStatement, values);
  }

  /** A twentieth goes at once, as finding what goes looks at every window. */
  async #makeRoom(opening: number): Promise<void> {
    const { maxAttemptWindows, onDrop } = this.#options;
    const isDue =
      this.#takenSinceCount === 0 || this.#takenSinceCount >= Math.min(COUNT_EVERY, maxAttemptWindows);
    this.#takenSinceCount = isDue ? opening : this.#takenSinceCount + opening;
    if (!isDue) return;
    const [row] = await this.#database.read(countStatement, []);
    if ((row?.['count'] as number) + opening <= maxAttemptWindows) return;
    const most = maxAttemptWindows - opening - Math.floor(maxAttemptWindows / 20);
    const rows = await this.#database.write(removeStatement, [most]);
    for (const _ of rows) onDrop('failureWindow');
  }
}

interface TakenRow {
  readonly usedUpUntilMs: number | null;
  readonly exceededUntilMs: number | null;
}
