import type { Connections } from './connections.ts';
import { failureKindOf, StatementFailure } from './failure.ts';
import type { Link } from './link.ts';
import { bookkeeping, type Migration, migrations as ownMigrations } from './migrations.ts';
import { runStatement } from './run-statement.ts';
import { readStatement, type Statement, type Value, writeStatement } from './statement.ts';

/** A replica: one process that uses the store. */
export interface SchemaKeeperOptions {
  /** Random, of 16 bytes. */
  readonly replicaId: Buffer;
  /** Version of Latchkey. */
  readonly release: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Told when a newer release has narrowed the schema, so that this one cannot go on. */
  readonly onOutdated: (error: Error) => void;
  /**
   * Told with each announcement how far this process's clock is ahead of the database's, at least, in milliseconds: negative where it
   * is behind, 0 where the time that the answer took may explain the difference.
   */
  readonly onClock?: (differenceMs: number) => void;
  /** Told of what failed in the background; it is tried again. */
  readonly onFailure: (error: unknown) => void;
  /** Default: those of this release. */
  readonly migrations?: readonly Migration[];
}

const LEASE_MS = 30_000;
const RENEW_EVERY_MS = 10_000;
/** A replica that was not seen for so long is gone. */
export const GONE_AFTER_MS = 60_000;
const ANNOUNCE_EVERY_MS = 20_000;
const FORGET_AFTER_MS = 24 * 60 * 60_000;
const LOOK_AGAIN_MS = 250;
const MOST_TRIES = 20;

const readState = readStatement(
  'schema_state',
  'SELECT step, oldest_step_served FROM schema_state WHERE one = 1',
);
const announceReplica = writeStatement(
  'announce_replica',
  `INSERT INTO replica (id, release, schema_step, seen_at_ms) VALUES ($1::uuid, $2, $3, $4)
   ON CONFLICT (id) DO UPDATE SET seen_at_ms = excluded.seen_at_ms
   RETURNING (extract(epoch FROM clock_timestamp()) * 1000)::int8 AS database_ms`,
  'repeat',
);
const forgetReplicas = writeStatement(
  'forget_replicas',
  'DELETE FROM replica WHERE id = $1::uuid OR seen_at_ms <= $2',
  'repeat',
);
const countOlderReplicas = readStatement(
  'count_older_replicas',
  'SELECT count(*) AS older FROM replica WHERE schema_step < $1 AND seen_at_ms > $2',
);
const takeLease = writeStatement(
  'take_migration_lease',
  `UPDATE schema_state SET migrating_by = $1::uuid, migrating_until_ms = $2
   WHERE one = 1 AND (migrating_by IS NULL OR migrating_by = $1::uuid OR migrating_until_ms <= $3) RETURNING step`,
  'repeat',
);
const endLease = writeStatement(
  'end_migration_lease',
  'UPDATE schema_state SET migrating_by = NULL, migrating_until_ms = NULL WHERE one = 1 AND migrating_by = $1::uuid',
  'repeat',
);
const finishStep = writeStatement(
  'finish_migration_step',
  'UPDATE schema_state SET step = $1 WHERE one = 1 AND step = $1 - 1 AND migrating_by = $2::uuid RETURNING step',
  'giveUp',
);
const serveFrom = writeStatement(
  'serve_from_step',
  'UPDATE schema_state SET oldest_step_served = $1 WHERE one = 1 AND migrating_by = $2::uuid RETURNING step',
  'repeat',
);

/**
 * Keeps the schema of the store at what the replicas need. One of them at a time changes it, under a lease; two releases that are
 * neighbours serve side by side.
 */
export class SchemaKeeper {
  readonly #connections: Connections;
  readonly #options: SchemaKeeperOptions;
  readonly #migrations: readonly Migration[];
  #timer: NodeJS.Timeout | undefined;
  #inBackground: Promise<void> = Promise.resolve();

  constructor(connections: Connections, options: SchemaKeeperOptions) {
    this.#connections = connections;
    this.#options = options;
    this.#migrations = options.migrations ?? ownMigrations;
  }

  /**
   * Brings the schema to where this release can serve, or waits until another replica has done so.
   *
   * @throws {Error} when a newer release has narrowed the schema, or a step fails
   * @throws {StoreUnavailable}
   */
  async open(): Promise<void> {
    await this.#prepare();
    // First announced, then looked: a step that narrows looks for replicas after it has said whom it shuts out.
    await this.announce();
    await this.migrate();
  }

  /** From now on announces the replica, and takes the steps that had to wait for others. */
  start(): void {
    this.#timer = setTimeout(() => {
      this.#inBackground = this.announce()
        .then(() => this.migrate())
        .catch((error) => this.#options.onFailure(error))
        .finally(() => {
          if (this.#timer !== undefined) this.start();
        });
    }, ANNOUNCE_EVERY_MS).unref();
  }

  /** Lets steps go on that wait for this replica. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#inBackground;
    await this.#write(forgetReplicas, [this.#options.replicaId, 0]);
  }

  /** Tells others that this replica is there. */
  async announce(): Promise<void> {
    const { replicaId, release, now, onOutdated, onClock } = this.#options;
    const nowMs = now();
    const values = [replicaId, release, this.#migrations.length, nowMs];
    const [row] = await this.#write(announceReplica, values);
    onClock?.(differenceOf(row!['database_ms'] as number, { sentMs: nowMs, answeredMs: now() }));
    await this.#write(forgetReplicas, [null, nowMs - FORGET_AFTER_MS]);
    const { oldestStepServed } = await this.#state();
    if (oldestStepServed > this.#migrations.length) onOutdated(this.#outdated(oldestStepServed));
  }

  /** Takes the steps that can be taken. A step that narrows, and those behind it, are left where older replicas serve. */
  async migrate(): Promise<void> {
    const { replicaId, now } = this.#options;
    for (let tries = 0; ; ) {
      const { step, oldestStepServed } = await this.#state();
      if (oldestStepServed > this.#migrations.length) throw this.#outdated(oldestStepServed);
      const next = this.#migrations[step];
      if (next === undefined || (next.effect === 'narrows' && (await this.#olderReplicas(step + 1)) > 0))
        return;
      const isMine = (await this.#write(takeLease, [replicaId, now() + LEASE_MS, now()])).length > 0;
      if (!isMine) {
        await later();
        continue;
      }
      const renewing = setInterval(() => {
        this.#write(takeLease, [replicaId, now() + LEASE_MS, now()]).catch(() => undefined);
      }, RENEW_EVERY_MS);
      try {
        if (!(await this.#take(step + 1, next, oldestStepServed))) return;
        tries = 0;
      } catch (error) {
        tries += 1;
        if (!isPassing(error) || tries === MOST_TRIES) {
          const { message } = error as Error;
          throw new Error(`Cannot bring the store to schema ${step + 1} (${next.name}): ${message}`, {
            cause: error,
          });
        }
        await later();
      } finally {
        clearInterval(renewing);
        await this.#write(endLease, [replicaId]);
      }
    }
  }

  /** @returns false: it narrows, and an older replica has come */
  async #take(number: number, migration: Migration, servedBefore: number): Promise<boolean> {
    const { replicaId } = this.#options;
    if (migration.effect === 'narrows') {
      await this.#write(serveFrom, [number, replicaId]);
      if ((await this.#olderReplicas(number)) > 0) {
        await this.#write(serveFrom, [servedBefore, replicaId]);
        return false;
      }
    }
    const isAtOnce = migration.isOutsideTransaction !== true;
    await this.#withLink(async (link) => {
      if (isAtOnce) await link.command('BEGIN ISOLATION LEVEL READ COMMITTED');
      for (const text of migration.statements) await link.command(text);
      // No row: the lease went to another replica, which takes the step itself.
      const { changes } = await link.run(finishStep, [number, replicaId]);
      if (isAtOnce) await link.command(changes === 1 ? 'COMMIT' : 'ROLLBACK');
    });
    return true;
  }

  async #prepare(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#withLink(async (link) => {
          const isThere = await link.command('SELECT 1 FROM schema_state WHERE one = 1').then(
            ({ changes }) => changes === 1,
            (error) => {
              if ((error as StatementFailure).sqlState === UNDEFINED_TABLE) return false;
              throw error;
            },
          );
          if (!isThere) for (const text of bookkeeping) await link.command(text);
        });
        return;
      } catch (error) {
        // Two that make the same table at the same time: one of them meets the other's entry in the catalog.
        const isRace = error instanceof StatementFailure && RACES.includes(error.sqlState ?? '');
        if (!(isRace || isPassing(error)) || tries === MOST_TRIES) throw error;
        await later();
      }
    }
  }

  async #withLink(use: (link: Link) => Promise<void>): Promise<void> {
    // A step may take long. What it waits for a lock, everybody behind it waits, too.
    const link = await this.#connections.open({
      statementTimeoutMs: 0,
      lockTimeoutMs: 1_000,
      answerWithinMs: 0,
    });
    try {
      await use(link);
    } finally {
      // In the midst of a transaction the server rolls it back.
      link.destroy();
    }
  }

  async #state(): Promise<{ readonly step: number; readonly oldestStepServed: number }> {
    const [row] = await runStatement(this.#connections.changes, readState, []);
    return { step: row!['step'] as number, oldestStepServed: row!['oldest_step_served'] as number };
  }

  async #olderReplicas(number: number): Promise<number> {
    const seenAfterMs = this.#options.now() - GONE_AFTER_MS;
    const [row] = await runStatement(this.#connections.changes, countOlderReplicas, [number, seenAfterMs]);
    return row!['older'] as number;
  }

  #write(statement: Statement, values: readonly Value[]) {
    return runStatement(this.#connections.changes, statement, values);
  }

  #outdated(oldestStepServed: number): Error {
    return new Error(
      `Cannot use the store: a newer Latchkey has brought it to schema ${oldestStepServed}, and ${this.#options.release} knows up to ${this.#migrations.length}: install the newer one again`,
    );
  }
}

const UNDEFINED_TABLE = '42P01';
const RACES = ['23505', '42710', '42P07', 'XX000'];

/** How far a clock is off another one that was read at an unknown moment between two of its own. */
function differenceOf(
  otherMs: number,
  { sentMs, answeredMs }: { readonly sentMs: number; readonly answeredMs: number },
): number {
  if (otherMs < sentMs) return sentMs - otherMs;
  return Math.min(0, answeredMs - otherMs);
}

/** Whether a failure goes by itself: a lock that others hold, a connection that was lost. */
function isPassing(error: unknown): boolean {
  return error instanceof StatementFailure && failureKindOf(error).else === 'unavailable';
}

function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
}
