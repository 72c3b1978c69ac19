import type { ConnectionTarget } from '../store/postgresql/connection-url.ts';
import { findOtherHolders, hasUnfinishedCopy, PostgresqlRows } from '../store/postgresql/postgresql-rows.ts';
import { connectToStore, type PostgresqlSideOptions } from '../store-copy/postgresql-sides.ts';
import type { CheckedStore } from './check-store.ts';
import { UNFINISHED } from './finding.ts';

/**
 * Opens a database in PostgreSQL to check it, whether servers use it or not.
 *
 * @throws {UnfitStore} where it has no store of this release
 */
export async function openPostgresqlCheck(
  target: ConnectionTarget,
  { masters }: Pick<PostgresqlSideOptions, 'masters'>,
): Promise<CheckedStore & AsyncDisposable> {
  const { link, listKeys, ...parts } = await connectToStore(target, masters);
  return {
    ...parts,
    rows: new PostgresqlRows(link),
    async findEngineFaults() {
      const others = await findOtherHolders(link);
      return [
        ...((await hasUnfinishedCopy(link)) ? [UNFINISHED] : []),
        ...others.map((id) => ({
          where: 'authorization',
          key: `id ${id}`,
          message: 'its holder is not that of its address: limits count it for another one',
        })),
      ];
    },
    countKeys: async () => (await listKeys()).length,
  };
}
