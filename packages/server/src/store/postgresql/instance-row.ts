import type { ConnectionTarget } from './connection-url.ts';
import { type Connections, createConnections } from './connections.ts';
import type { Database } from './database.ts';
import { explainConnectError } from './explain-connect-error.ts';
import type { StatementFailure } from './failure.ts';
import { readStatement, writeStatement } from './statement.ts';

const findInstance = readStatement('find_instance', 'SELECT id FROM instance WHERE one = 1');
const insertInstance = writeStatement(
  'insert_instance',
  'INSERT INTO instance (one, id) VALUES (1, $1) ON CONFLICT (one) DO NOTHING',
  'repeat',
);

const UNDEFINED_TABLE = '42P01';
const PATIENCE = { statementTimeoutMs: 4_000, lockTimeoutMs: 0, answerWithinMs: 5_000 };

/**
 * Reads the instance id of a database by a connection of its own, and finds out at once whether the database can be reached.
 *
 * @returns `undefined` where there is no store of Latchkey yet
 * @throws {StoreError} which says why it cannot be reached, and what to do
 */
export async function readInstanceId(target: ConnectionTarget): Promise<string | undefined> {
  const connections = createConnections(target);
  try {
    return await readBy(connections);
  } catch (error) {
    throw explainConnectError(error, target);
  } finally {
    await connections.close();
  }
}

async function readBy(connections: Connections): Promise<string | undefined> {
  const link = await connections.open(PATIENCE);
  try {
    const { rows } = await link.run(findInstance, []);
    return rows[0]?.['id'] as string | undefined;
  } catch (error) {
    if ((error as StatementFailure).sqlState === UNDEFINED_TABLE) return undefined;
    throw error;
  } finally {
    link.destroy();
  }
}

/** Gives the store its instance id, unless it has one. @returns the id that it has now */
export async function ensureInstanceRow(
  database: Pick<Database, 'read' | 'write'>,
  id: string,
): Promise<string> {
  await database.write(insertInstance, [id]);
  const [row] = await database.read(findInstance, []);
  return row!['id'] as string;
}
