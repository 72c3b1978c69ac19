import type { MasterSecret } from '../keys/master-secret.ts';
import { openKeys, sealKey } from '../keys/sealed-key.ts';
import { type ConnectionTarget, renderHost } from '../store/postgresql/connection-url.ts';
import { createConnections } from '../store/postgresql/connections.ts';
import type { Link } from '../store/postgresql/link.ts';
import { migrations } from '../store/postgresql/migrations.ts';
import { openPostgresqlStore } from '../store/postgresql/open-postgresql-store.ts';
import { PostgresqlKeys } from '../store/postgresql/postgresql-keys.ts';
import {
  hasUnfinishedCopy,
  PostgresqlCopy,
  PostgresqlRows,
  unlessMissing,
} from '../store/postgresql/postgresql-rows.ts';
import { GONE_AFTER_MS } from '../store/postgresql/schema-keeper.ts';
import { readStatement, writeStatement } from '../store/postgresql/statement.ts';
import { tables } from '../store/rows/tables.ts';
import type { CopySource, CopyTarget } from './sides.ts';
import { UnfitStore } from './unfit-store.ts';

export interface PostgresqlSideOptions {
  /** The first seals keys; each opens what it sealed. */
  readonly masters: readonly [MasterSecret, ...MasterSecret[]];
  /** Version of Latchkey. */
  readonly release: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/**
 * Opens a database in PostgreSQL to copy from it.
 *
 * @throws {UnfitStore} where servers use it, or it has no store of this release
 */
export async function openPostgresqlSource(
  target: ConnectionTarget,
  { masters, now }: PostgresqlSideOptions,
): Promise<CopySource> {
  const { link, ...parts } = await connectToStore(target, masters);
  const { place } = parts;
  try {
    if (await hasUnfinishedCopy(link)) {
      throw new UnfitStore(
        `${place} is itself the target of a copy that is not finished: finish that one first`,
      );
    }
    await refuseReplicas(link, place, now());
    return {
      ...parts,
      rows: new PostgresqlRows(link),
      refuseUse: () => refuseReplicas(link, place, now()),
    };
  } catch (error) {
    link.destroy();
    throw error;
  }
}

/**
 * Opens a database in PostgreSQL to copy into it; its tables are made if need be. It may have keys and an instance id already, as
 * `latchkey store init` leaves it: those of the source take their place.
 *
 * @throws {UnfitStore} where it has something that is not of this copy, or servers use it
 */
export async function openPostgresqlTarget(
  target: ConnectionTarget,
  { masters, release, now }: PostgresqlSideOptions,
): Promise<CopyTarget> {
  const { link, ...parts } = await connect(target, masters);
  const { place } = parts;
  const rows = new PostgresqlCopy(link);
  try {
    if (await hasUnfinishedCopy(link)) refuseOtherStep((await findStep(link)) ?? 0, place);
    else {
      if (((await findStep(link)) ?? 0) > 0) await refuseUsed(link, place, now());
      const options = { release, now, onOutdated: () => undefined, onFailure: () => undefined };
      await (await openPostgresqlStore(target, options)).close();
    }
    return {
      ...{ ...parts, rows },
      async begin({ source, instanceId, keys }) {
        await rows.mark();
        try {
          await refuseUsed(link, place, now());
        } catch (error) {
          await rows.finish();
          throw error;
        }
        await rows.begin(source, async () => {
          for (const text of ['DELETE FROM stored_key', 'DELETE FROM instance']) await link.command(text);
          await link.run(insertInstance, [instanceId]);
          const stored = keysOf(link);
          for (const key of keys) await stored.addKey(sealKey(masters[0], key));
        });
      },
    };
  } catch (error) {
    link.destroy();
    throw error;
  }
}

const listReplicas = readStatement(
  'list_replicas_seen',
  'SELECT release, seen_at_ms FROM replica WHERE seen_at_ms > $1 ORDER BY seen_at_ms DESC',
);
const insertInstance = writeStatement(
  'insert_copied_instance',
  'INSERT INTO instance (one, id) VALUES (1, $1)',
  'giveUp',
);

/**
 * Connects to a database that has a store.
 *
 * @throws {UnfitStore} where it has none, or of another release
 */
export async function connectToStore(target: ConnectionTarget, masters: PostgresqlSideOptions['masters']) {
  const { link, ...parts } = await connect(target, masters);
  try {
    const step = await findStep(link);
    if (step === undefined) throw new UnfitStore(`${parts.place} has no store`);
    refuseOtherStep(step, parts.place);
    return { link, ...parts };
  } catch (error) {
    link.destroy();
    throw error;
  }
}

/** A range may take long; whatever is cut off is gone on with by the next run. */
const PATIENCE = { statementTimeoutMs: 0, lockTimeoutMs: 10_000, answerWithinMs: 60_000 };

async function connect(target: ConnectionTarget, masters: PostgresqlSideOptions['masters']) {
  const link = await createConnections(target).open(PATIENCE);
  return {
    link,
    place: `the database "${target.database}" at ${target.hosts.map(renderHost).join(', ')}`,
    async findInstanceId() {
      const found = await unlessMissing(link.command('SELECT id FROM instance WHERE one = 1'));
      return found?.rows[0]?.['id'] as string | undefined;
    },
    listKeys: async () => openKeys(masters, await keysOf(link).listKeys()),
    async [Symbol.asyncDispose]() {
      link.giveUp();
      await link.ended;
    },
  };
}

function keysOf(link: Link): PostgresqlKeys {
  const run: ConstructorParameters<typeof PostgresqlKeys>[0]['read'] = async (statement, values) =>
    (await link.run(statement, values)).rows;
  return new PostgresqlKeys({ read: run, write: run });
}

/** @returns how far the schema is; absent where there is none */
async function findStep(link: Link): Promise<number | undefined> {
  const found = await unlessMissing(link.command('SELECT step FROM schema_state WHERE one = 1'));
  return found?.rows[0]?.['step'] as number | undefined;
}

function refuseOtherStep(step: number, place: string): void {
  if (step === migrations.length) return;
  throw new UnfitStore(
    `${place} has a store of schema ${step}, and this Latchkey reads schema ${migrations.length}: ${step < migrations.length ? 'start this release with it once' : 'use the newer release'}`,
  );
}

async function refuseUsed(link: Link, place: string, nowMs: number): Promise<void> {
  refuseOtherStep((await findStep(link)) ?? 0, place);
  await refuseReplicas(link, place, nowMs);
  for (const { name } of tables) {
    // A new store has a row of its own there.
    if (name === 'directory_state') continue;
    const { changes } = await link.command(`SELECT 1 FROM "${name}" LIMIT 1`);
    if (changes > 0) {
      throw new UnfitStore(
        `${place} is not empty: its store has rows of ${name}. Name another database, or make this one anew`,
      );
    }
  }
}

async function refuseReplicas(link: Link, place: string, nowMs: number): Promise<void> {
  const { rows } = await link.run(listReplicas, [nowMs - GONE_AFTER_MS]);
  const [latest] = rows;
  if (latest === undefined) return;
  const seconds = Math.max(0, Math.round((nowMs - (latest['seen_at_ms'] as number)) / 1000));
  throw new UnfitStore(
    `${place} is in use: ${rows.length} ${rows.length === 1 ? 'server was' : 'servers were'} seen in the last minute, the last ${seconds} s ago. Stop them; after one that did not end by itself, wait a minute`,
  );
}
