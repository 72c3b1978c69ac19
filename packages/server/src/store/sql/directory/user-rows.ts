import { nameKey } from '../../../directory/name-key.ts';
import { randomBytes } from '../../../keys/random.ts';
import type { UserEntry } from '../../port/directory.ts';
import type { UserValues } from '../../port/directory-change.ts';
import { get, run, type Work } from '../work.ts';
import { requireDistinct } from './entry-values.ts';
import { writeExternalIds } from './external-ids.ts';
import type { StepContext } from './step-context.ts';
import { uuidBytes } from './uuid-bytes.ts';

/** A version that no user ever had, in all probability: a backup that is put back must not reach an old one again. */
export function newUserVersion(): string {
  return randomBytes(8).toString('base64url');
}

/** Ends what the user's present version began. */
export function* renewVersion(id: string, version = newUserVersion()): Work<void> {
  yield* run('UPDATE directory_user SET version = ? WHERE id = ?', version, uuidBytes(id));
}

/** Inserts a user of the source of the change. */
export function* insertUser(
  context: StepContext,
  { id, version, ...values }: UserValues & { readonly id: string; readonly version: string },
): Work<void> {
  const { source, nowMs } = context;
  const { userName, displayName, status } = values;
  yield* run(
    `INSERT INTO directory_user
       (id, user_name, name_key, display_name, status, version, revision, source, created_at_ms, updated_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?)`,
    ...[uuidBytes(id), userName, nameKey(userName), displayName, status, version, source, nowMs, nowMs],
  );
  yield* writeDetails(context, id, values);
}

/** Writes what a source says of its user, under the user's next revision. Blocks and passwords stay as they are. */
export function* updateUser(
  context: StepContext,
  { id, version, leftAtMs, ...values }: UserValues & Pick<UserEntry, 'id' | 'version' | 'leftAtMs'>,
): Work<void> {
  const { source, nowMs } = context;
  const { userName, displayName, status } = values;
  yield* run(
    `UPDATE directory_user
     SET user_name = ?, name_key = ?, display_name = ?, status = ?, left_at_ms = ?, version = ?,
         revision = revision + 1, source = ?, updated_at_ms = ?
     WHERE id = ?`,
    ...[userName, nameKey(userName), displayName, status, leftAtMs ?? null, version],
    ...[source, nowMs, uuidBytes(id)],
  );
  yield* run('DELETE FROM directory_user_email WHERE user_id = ?', uuidBytes(id));
  yield* writeDetails(context, id, values);
}

/** Removes a user with everything that the entry owns. The id stays behind, so that nobody else gets it. */
export function* deleteUser({ nowMs }: Pick<StepContext, 'nowMs'>, id: Uint8Array | null): Work<void> {
  yield* run(
    'INSERT INTO directory_tombstone SELECT id, name_key, CAST(? AS bigint) FROM directory_user WHERE id = ?',
    ...[nowMs, id],
  );
  yield* run('DELETE FROM directory_user WHERE id = ?', id);
}

function* writeDetails(
  context: StepContext,
  id: string,
  { emails, externalIds }: Pick<UserEntry, 'emails' | 'externalIds'>,
): Work<void> {
  const userId = uuidBytes(id);
  requireDistinct(
    emails.map(({ address }) => nameKey(address)),
    'e-mail addresses',
  );
  for (const { address, kind, primary } of emails) {
    yield* run(
      'INSERT INTO directory_user_email (user_id, email_key, email, kind, is_primary) VALUES (?, ?, ?, ?, ?)',
      ...[userId, nameKey(address), address, kind ?? null, primary ? 1 : 0],
    );
  }
  yield* writeExternalIds(context, 'user', id, externalIds);
}

/** Whether a user who was removed had the id. */
export function* isSpentId(id: string): Work<boolean> {
  const bytes = uuidBytes(id);
  return (yield* get('SELECT 1 FROM directory_tombstone WHERE user_id = ?', bytes)) !== undefined;
}
