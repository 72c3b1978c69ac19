import manifest from '../../../package.json' with { type: 'json' };
import { StoreUnavailable } from '../store-unavailable.ts';
import { type ConnectionTarget, parseConnectionUrl } from './connection-url.ts';
import { explainConnectError } from './explain-connect-error.ts';
import { StatementFailure } from './failure.ts';
import { readInstanceId } from './instance-row.ts';
import { openPostgresqlStore, type PostgresqlOptions } from './open-postgresql-store.ts';
import type { PostgresqlStore } from './postgresql-store.ts';
import { StoreError } from './store-error.ts';

/**
 * Opens the store of an instance, which was made before: whoever mistakes the database is told so, and makes no new instance.
 *
 * @throws {StoreError} when it cannot be reached or used, has no store, or that of another instance: says what to do
 * @throws {Error} when a newer release has narrowed its schema
 */
export async function openInstanceStore(
  url: string,
  instanceId: string,
  options: Omit<PostgresqlOptions, 'release'>,
): Promise<PostgresqlStore> {
  const target = parseConnectionUrl(url);
  const stored = await readInstanceId(target);
  if (stored === undefined) throw noStoreYet(target);
  if (stored !== instanceId) {
    throw new StoreError(
      `The store in the database "${target.database}" is of the instance ${stored}, and instance.id in the configuration is ${instanceId}: remove instance.id, or correct the database in the connection URL`,
    );
  }
  return openStore(target, options);
}

/**
 * Opens the store in a database, and makes its tables where there are none.
 *
 * @throws {StoreError} when it cannot be reached or used: says what to do
 */
export async function openStore(
  target: ConnectionTarget,
  options: Omit<PostgresqlOptions, 'release'>,
): Promise<PostgresqlStore> {
  try {
    return await openPostgresqlStore(target, { ...options, release: manifest.version });
  } catch (error) {
    throw explainStoreError(error, target);
  }
}

/** A database without a store may be another than is meant. */
export function noStoreYet({ database }: ConnectionTarget): StoreError {
  return new StoreError(
    `The database "${database}" has no store of Latchkey: run \`latchkey store init\`, or correct the database in the connection URL`,
  );
}

const INSUFFICIENT_PRIVILEGE = '42501';

function explainStoreError(error: unknown, target: ConnectionTarget): unknown {
  const { user, database } = target;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof StatementFailure && cause.sqlState === INSUFFICIENT_PRIVILEGE) {
      return new StoreError(
        `The user "${user}" may not make tables in the database "${database}" (${cause.message}): make it the owner of the database (ALTER DATABASE … OWNER TO …), or GRANT CREATE ON SCHEMA public`,
        { cause: error },
      );
    }
  }
  if (!(error instanceof StoreUnavailable)) return explainConnectError(error, target);
  const { cause } = error;
  const explained = explainConnectError(cause, target);
  if (explained instanceof StoreError) return explained;
  const why = cause instanceof Error ? cause.message : error.message;
  return new StoreError(
    `The store cannot be used now. PostgreSQL says of the database "${database}": ${why}. Look into its log; where commits wait for a standby (synchronous_standby_names), look whether one is there`,
    { cause: error },
  );
}
