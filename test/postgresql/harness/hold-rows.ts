import type { TestDatabase } from './database.ts';

/**
 * Lets writes meet at rows that another transaction holds, one after the other: each has looked at the database before the one
 * before it has changed anything.
 *
 * @param rows - a `SELECT … FOR UPDATE` of the rows
 * @param writes - each is begun once those before it are done, or wait. They must not share a connection
 * @param meanwhile - changes that are committed before they go on
 */
export async function whileHeld<Results extends readonly unknown[]>(
  { sql }: Pick<TestDatabase, 'sql'>,
  rows: string,
  writes: { readonly [Index in keyof Results]: () => Promise<Results[Index]> },
  meanwhile?: string,
): Promise<Results> {
  await sql(`BEGIN; ${rows}`);
  const begun: Promise<unknown>[] = [];
  let open = 0;
  for (const write of writes) {
    open += 1;
    const promise = write().finally(() => {
      open -= 1;
    });
    promise.catch(() => undefined);
    begun.push(promise);
    for (;;) {
      // In a transaction, what was looked up once is kept.
      await sql('SELECT pg_stat_clear_snapshot()');
      const [row] = await sql(
        "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      if ((row?.['count'] as number) >= open) break;
    }
  }
  if (meanwhile !== undefined) await sql(meanwhile);
  await sql('COMMIT');
  return Promise.all(begun) as Promise<unknown> as Promise<Results>;
}
