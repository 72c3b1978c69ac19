import { randomBytes } from '../../keys/random.ts';
import type { StoreOptions } from '../store.ts';
import { UnfinishedCopy } from '../unfinished-copy.ts';
import type { ConnectionTarget } from './connection-url.ts';
import { Database } from './database.ts';
import { hasUnfinishedCopy } from './postgresql-rows.ts';
import { PostgresqlStore } from './postgresql-store.ts';
import { SchemaKeeper, type SchemaKeeperOptions } from './schema-keeper.ts';

export interface PostgresqlOptions
  extends StoreOptions,
    Pick<SchemaKeeperOptions, 'release' | 'now' | 'onOutdated' | 'onClock' | 'onFailure' | 'migrations'> {}

/**
 * Opens the store in a PostgreSQL database, whose tables are made if need be.
 *
 * @throws {StoreUnavailable} when no host can be reached
 * @throws {Error} when a newer release has narrowed the schema
 * @throws {UnfinishedCopy}
 */
export async function openPostgresqlStore(
  target: ConnectionTarget,
  options: PostgresqlOptions,
): Promise<PostgresqlStore> {
  const database = new Database(target);
  const keeper = new SchemaKeeper(database.connections, { ...options, replicaId: randomBytes(16) });
  try {
    await keeper.open();
    // Announced before: a copy looks for replicas after it has marked the store.
    if (await hasUnfinishedCopy(await database.connections.changes.link())) {
      await keeper.close();
      throw new UnfinishedCopy();
    }
  } catch (error) {
    await database.close();
    throw error;
  }
  keeper.start();
  return new PostgresqlStore(database, keeper, options);
}
