import type { Config } from '../../config/config.ts';
import { CommandError } from '../exit-code.ts';

/**
 * Refuses `latchkey backup` and `latchkey restore` where the store is in PostgreSQL, which has better means.
 *
 * @throws {CommandError}
 */
export function refuseForPostgresql({ store }: Pick<Config, 'store'>, command: 'backup' | 'restore'): void {
  if (store === undefined) return;
  const [what, how] =
    command === 'backup'
      ? ['backs up', 'pg_dump, or continuous archiving (pg_basebackup)']
      : ['restores', 'pg_restore, or the recovery of a base backup, with every server stopped'];
  throw new CommandError(
    `\`latchkey ${command}\` ${what} the SQLite database of a data folder, and the store is in PostgreSQL: use ${how}, and keep the master secret elsewhere`,
  );
}
