import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** So many pages of 4 kB stay free, for rows to come: 4 MB. */
const KEPT_PAGES = 1024;
/** So many pages are given back at once, which takes less than a millisecond. */
const PAGES_AT_ONCE = 64;
/** Databases that are smaller are not worth a word. */
const LARGE_BYTES = 32 * 1024 * 1024;

/**
 * Lets a new database give back pages that are free, a few at a time (https://www.sqlite.org/pragma.html#pragma_auto_vacuum).
 * A database that has tables stays as it is until it is compacted.
 */
export function keepPagesMovable(database: DatabaseSync): void {
  database.exec('PRAGMA auto_vacuum = INCREMENTAL');
}

/**
 * Gives some free pages back: the file gets smaller with the next checkpoint. Runs inside the caller's transaction.
 *
 * @returns whether there are more to give back
 */
export function giveBackPages(database: DatabaseSync): boolean {
  if (!canGiveBack(database)) return false;
  const surplus = readPragma(database, 'freelist_count') - KEPT_PAGES;
  if (surplus <= 0) return false;
  database.exec(`PRAGMA incremental_vacuum(${Math.min(surplus, PAGES_AT_ONCE)})`);
  return surplus > PAGES_AT_ONCE;
}

/**
 * Writes a database anew without its free pages, so that it gives back pages by itself from then on. Nobody else may use it;
 * the folder needs room for a second one.
 *
 * @returns size of the file in bytes, before and now
 */
export function compactDatabase(file: string): { readonly before: number; readonly now: number } {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const before = statSync(file).size;
    keepPagesMovable(database);
    database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
    return { before, now: statSync(file).size };
  } finally {
    database.close();
  }
}

/** Bytes that a large database holds and cannot give back by itself, where they are more than half of it; otherwise 0. */
export function findStuckBytes(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < LARGE_BYTES) return 0;
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const free = readPragma(database, 'freelist_count');
    if (canGiveBack(database) || free <= readPragma(database, 'page_count') / 2) return 0;
    return free * readPragma(database, 'page_size');
  } finally {
    database.close();
  }
}

function canGiveBack(database: DatabaseSync): boolean {
  const INCREMENTAL = 2;
  return readPragma(database, 'auto_vacuum') === INCREMENTAL;
}

function readPragma(database: DatabaseSync, name: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
}
