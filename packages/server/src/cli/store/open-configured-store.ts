import type { Command } from 'commander';
import type { Config } from '../../config/config.ts';
import { loadSettings } from '../../config/load-config.ts';
import { explainClockDifference } from '../../store/clock-watch.ts';
import { type ConnectionTarget, parseConnectionUrl } from '../../store/postgresql/connection-url.ts';
import { readInstanceId } from '../../store/postgresql/instance-row.ts';
import { openStore } from '../../store/postgresql/open-instance-store.ts';
import type { PostgresqlStore } from '../../store/postgresql/postgresql-store.ts';
import { CommandError } from '../exit-code.ts';
import { configSources } from '../sources.ts';

/** The store that the configuration names. */
export interface ConfiguredStore {
  readonly config: Config;
  readonly target: ConnectionTarget;
  /** Absent where the database has no store of Latchkey yet. */
  readonly instanceId?: string;
}

/**
 * Finds the store of the configuration, and that it can be reached.
 *
 * @throws {CommandError} where the configuration names none
 * @throws {StoreError} where it cannot be reached
 */
export async function findConfiguredStore(command: Command): Promise<ConfiguredStore> {
  const { config } = await loadSettings(configSources(command));
  if (config.store === undefined) {
    throw new CommandError(
      `The configuration names no PostgreSQL, so the store is SQLite in the data folder ${config.dataDir}, which a server makes by itself. To use PostgreSQL, set store (or storeFile) to postgres://USER:PASSWORD@HOST/DATABASE`,
    );
  }
  const target = parseConnectionUrl(config.store);
  const instanceId = await readInstanceId(target);
  return { config, target, ...(instanceId !== undefined && { instanceId }) };
}

/** Opens the store for a command, and makes or changes its tables where this release needs others. @throws {StoreError} */
export function openForCommand(target: ConnectionTarget): Promise<PostgresqlStore> {
  return openStore(target, {
    now: Date.now,
    onOutdated: (error) => console.error(`Warning: ${error.message}`),
    onClock(differenceMs) {
      const warning = explainClockDifference(differenceMs);
      if (warning !== undefined) console.error(`Warning: ${warning}`);
    },
    // A command ends before anything in the background matters.
    onFailure: () => undefined,
  });
}
