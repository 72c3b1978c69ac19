import type { Database } from './database.ts';
import { writeStatement } from './statement.ts';

const SUBJECT = Buffer.alloc(16);

// A row that no rule can ask for: it is made and removed again by one statement each, both of them durably.
const insertStatement = writeStatement(
  'check_insert',
  `INSERT INTO attempt_window (subject, attempts, ends_at_ms, holder) VALUES ($1, 1, 0, $2)
   ON CONFLICT (subject) DO UPDATE SET attempts = 1`,
  'repeat',
);
const deleteStatement = writeStatement(
  'check_delete',
  'DELETE FROM attempt_window WHERE subject = $1',
  'repeat',
);

/** Resolves if what a sign-in writes can be written durably; nothing of it stays. */
export async function check(database: Database): Promise<void> {
  await database.write(insertStatement, [SUBJECT, Buffer.alloc(0)]);
  await database.write(deleteStatement, [SUBJECT]);
}
