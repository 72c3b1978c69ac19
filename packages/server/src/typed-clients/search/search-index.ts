import { closeSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { LAYOUT, tables } from './index-tables.ts';
import { keyOf, runsOf, wordsOfName } from './names.ts';
import { namesOfService, runsOfService } from './names-of-service.ts';
import { NearTerms } from './near-terms.ts';
import { kindOfRow, MAX_ENTRIES, MAX_SERVICES, rangesOf, rowId } from './row-ids.ts';
import type { SearchEntry, SearchedService, SearchKind, Signature } from './search-entry.ts';

/** Characters of documentation that can be found. */
const MAX_TEXT = 2_000;
/** Characters of a summary that are shown. */
const MAX_SUMMARY = 240;
/** Rows of all groups that one look reads. */
const MAX_ROWS = 500;
/** What was found, as it is stored. */
export interface FoundEntry {
  readonly id: number;
  readonly kind: SearchKind;
  readonly symbol: string;
  readonly member?: string;
  readonly summary: string;
  readonly service: SearchedService;
}

/** Where rows are looked for. */
export interface SearchRange {
  readonly kinds: readonly SearchKind[];
  /** Module name of the only service. */
  readonly moduleName?: string;
  readonly limit: number;
}

/** Where rows are looked for, with a limit for each group of kinds: those of a common kind would keep out all else. */
export interface SearchGroups {
  readonly groups: readonly (readonly SearchKind[])[];
  /** Module name of the only service. */
  readonly moduleName?: string;
  readonly limit: number;
}

interface Versioned<T> {
  readonly version: string;
  readonly value: T;
}

interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

interface ServiceRow {
  readonly id: number;
  readonly module: string;
  readonly class: string;
  readonly title: string;
  readonly other_names: string;
  readonly rank: number;
}

interface Row {
  readonly id: number;
  readonly symbol: string;
  readonly member: string | null;
  readonly summary: string;
  readonly service: number;
}

/** The words of all services' names and documentation, in a SQLite file. Several processes may use it at the same time. */
export class SearchIndex {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** Transactions of this connection: SQLite's own count has those of others alone. */
  #changes = 0;
  /** Read when needed, and again when the index has changed. */
  #services: Versioned<ReadonlyMap<number, SearchedService>> | undefined;
  #nearTerms: Versioned<NearTerms> | undefined;
  #nearNames: Versioned<NearTerms> | undefined;

  /**
   * Opens the file, making it where there is none, and anew where it is broken or of another layout.
   *
   * @param file - path, or `:memory:`
   * @throws when the file can be neither opened nor made
   */
  static open(file: string): SearchIndex {
    try {
      return new SearchIndex(file);
    } catch (error) {
      if (!isUnusable(error)) throw error;
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
      return new SearchIndex(file);
    }
  }

  private constructor(file: string) {
    // SQLite would make it readable to all. Its other files get the mode of this one.
    if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600));
    this.#database = new DatabaseSync(file, { timeout: 10_000 });
    try {
      this.#database.exec(
        'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -4096;',
      );
      this.#inTransaction(() => {
        const layout = this.#database.prepare('PRAGMA user_version').get()?.['user_version'];
        if (layout === 0) this.#database.exec(tables);
        else if (layout !== LAYOUT) throw new OtherLayout();
      });
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }

  /** @returns for each service in the index, what it was made from */
  sources(): ReadonlyMap<string, string> {
    const rows = this.#statement('SELECT module, source FROM service').all() as unknown as {
      module: string;
      source: string;
    }[];
    return new Map(rows.map(({ module, source }) => [module, source]));
  }

  /** Puts a service in place of what the index had of it, in one step. */
  replace(service: SearchedService, source: string, entries: Iterable<SearchEntry>): void {
    this.#inTransaction(() => {
      const id = this.#removeRows(service.moduleName) ?? this.#nextServiceId();
      const { moduleName, className, title, otherNames } = service;
      this.#statement(
        'INSERT INTO service (id, module, class, title, other_names, rank, source) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ).run(id, moduleName, className, title, otherNames.join('\n'), service.rank, source);
      let number = 0;
      for (const entry of entries) {
        if (number === MAX_ENTRIES) break;
        this.#insert(rowId(entry.kind, service.rank, id, number), entry, id, service);
        number += 1;
      }
    });
  }

  remove(moduleName: string): void {
    this.#inTransaction(() => {
      this.#removeRows(moduleName);
    });
  }

  /** @returns the first entries, best first */
  list({ kinds, limit, moduleName }: SearchRange): readonly FoundEntry[] {
    const service = conditionOfService(this.#readServices(), moduleName);
    if (service === undefined) return [];
    const select = this.#statement(
      `SELECT id FROM entry WHERE ${service.sql} AND id BETWEEN ? AND ? ORDER BY id LIMIT ?`,
    );
    const rows = rangesOf(kinds).flatMap(([from, to]) => select.all(...service.values, from, to, limit));
    return this.#read(rows.slice(0, limit).map(({ id }) => Number(id)));
  }

  /** @returns entries whose own name has exactly one of the keys, best first */
  findByKey(keys: readonly string[], groups: SearchGroups): readonly FoundEntry[] {
    const service = conditionOfService(this.#readServices(), groups.moduleName);
    if (service === undefined) return [];
    const places = keys.map(() => '?').join(', ');
    return this.#findInGroups(groups, {
      sql: `SELECT id FROM entry WHERE key IN (${places}) AND ${service.sql} AND id BETWEEN ? AND ? ORDER BY id LIMIT ?`,
      values: [...keys, ...service.values],
    });
  }

  /** @param query - in the language of FTS5. @returns entries whose names match, best first in each group */
  findByNames(query: string, groups: SearchGroups): readonly FoundEntry[] {
    return this.#findByWords('names', query, groups);
  }

  /** @param query - in the language of FTS5. @returns entries whose names and documentation match, best first in each group */
  findByTexts(query: string, groups: SearchGroups): readonly FoundEntry[] {
    return this.#findByWords('texts', query, groups);
  }

  /** @param query - in the language of FTS5. @returns operations whose input and output match, best first */
  findBySignature(
    query: string,
    { limit, moduleName }: { readonly limit: number; readonly moduleName?: string },
  ): readonly FoundEntry[] {
    const whole =
      moduleName === undefined ? query : `(${query}) AND service : ${quote(tokenOfService(moduleName))}`;
    const rows = this.#statement(
      'SELECT rowid AS id FROM signatures WHERE signatures MATCH ? ORDER BY rowid LIMIT ?',
    ).all(whole, limit);
    return this.#read(rows.map(({ id }) => Number(id)));
  }

  /** @returns whether the input or output of an operation has the name */
  hasNameInSignature(key: string): boolean {
    return this.#statement('SELECT 1 FROM signature_term WHERE term = ?').get(key) !== undefined;
  }

  /** @returns whether the input or output of an operation has a name that begins like this */
  hasNameInSignatureWith(start: string): boolean {
    const row = this.#statement('SELECT 1 FROM signature_term WHERE term >= ? AND term < ? LIMIT 1').get(
      start,
      `${start}\u{10ffff}`,
    );
    return row !== undefined;
  }

  /** @returns the names in inputs and outputs that somebody may have meant by a mistyped one */
  findNearNamesInSignatures(key: string): readonly string[] {
    this.#nearNames = this.#current(this.#nearNames, () => new NearTerms(this.#termsOf('signature_term')));
    return this.#nearNames.value.find(key);
  }

  services(): IteratorObject<SearchedService> {
    return this.#readServices().values();
  }

  /** @returns the services whose names have a word that begins like this, best first */
  servicesWith(start: string, limit: number): readonly SearchedService[] {
    return this.#readServices()
      .values()
      .filter((service) => runsOfService(service).some((run) => run.startsWith(start)))
      .toArray()
      .toSorted((a, b) => a.rank - b.rank)
      .slice(0, limit);
  }

  /** @returns whether it is a word of a name, or a whole name */
  hasTerm(term: string): boolean {
    return this.#statement('SELECT 1 FROM term WHERE term = ?').get(term) !== undefined;
  }

  /** @returns whether a name has a word, or words run together, that begin like this */
  hasTermWith(start: string): boolean {
    const row = this.#statement('SELECT 1 FROM term WHERE term >= ? AND term < ? LIMIT 1').get(
      start,
      `${start}\u{10ffff}`,
    );
    return row !== undefined;
  }

  /** @returns the words of names, and the names run together, that somebody may have meant by a mistyped word */
  findNearTerms(word: string): readonly string[] {
    this.#nearTerms = this.#current(this.#nearTerms, () => new NearTerms(this.#termsOf('term')));
    return this.#nearTerms.value.find(word);
  }

  #termsOf(table: 'term' | 'signature_term'): (length: number) => readonly string[] {
    const select = this.#statement(`SELECT term FROM ${table} WHERE length(term) = ?`);
    return (length) => (select.all(length) as unknown as { term: string }[]).map(({ term }) => term);
  }

  #findByWords(table: 'names' | 'texts', query: string, groups: SearchGroups): readonly FoundEntry[] {
    const { moduleName } = groups;
    const whole = moduleName === undefined ? query : `(${query}) AND ${quote(tokenOfService(moduleName))}`;
    return this.#findInGroups(groups, {
      sql: `SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?`,
      values: [whole],
    });
  }

  /**
   * @param select - selects ids between two, in their order
   * @returns the first entries of each group
   */
  #findInGroups({ groups, limit }: SearchGroups, { sql, values }: Condition): readonly FoundEntry[] {
    const ids: number[] = [];
    const select = (from: number, to: number, most: number) =>
      this.#statement(sql).all(...values, from, to, most) as unknown as { readonly id: number }[];
    // Most words have few rows: one look finds the rows of all groups. Where there are more, each group has its own.
    for (const together of [groups.filter((kinds) => !areMembers(kinds)), groups.filter(areMembers)]) {
      const rows = rangesOf(together.flat()).flatMap(([from, to]) => select(from, to, MAX_ROWS));
      const isAll = rows.length < MAX_ROWS;
      for (const kinds of together) {
        const ranges = rangesOf(kinds);
        const found = isAll
          ? rows.filter(({ id }) => ranges.some(([from, to]) => id >= from && id <= to))
          : ranges.flatMap(([from, to]) => select(from, to, limit));
        ids.push(...found.slice(0, limit).map(({ id }) => id));
      }
    }
    return this.#read(ids);
  }

  #read(ids: readonly number[]): readonly FoundEntry[] {
    const services = this.#readServices();
    const rows = this.#statement(
      `SELECT ${COLUMNS} FROM json_each(?) CROSS JOIN entry ON entry.id = json_each.value`,
    ).all(JSON.stringify(ids)) as unknown as Row[];
    // A service that another process has just added is found next time.
    return rows.flatMap((row) => readRow(row, services.get(row.service)) ?? []);
  }

  #readServices(): ReadonlyMap<number, SearchedService> {
    this.#services = this.#current(this.#services, () => {
      const rows = this.#statement('SELECT id, module, class, title, other_names, rank FROM service').all();
      return new Map((rows as unknown as ServiceRow[]).map((row) => [row.id, readService(row)]));
    });
    return this.#services.value;
  }

  /** @returns the known value while the index is as it was, else a new one */
  #current<T>(known: Versioned<T> | undefined, read: () => T): Versioned<T> {
    const { others } = this.#statement('SELECT data_version AS others FROM pragma_data_version').get() as {
      others: number;
    };
    const version = `${others}.${this.#changes}`;
    return known?.version === version ? known : { version, value: read() };
  }

  #insert(id: number, entry: SearchEntry, serviceId: number, service: SearchedService): void {
    const { kind, member, summary, symbol, text } = entry;
    const isService = kind === 'service';
    const own = member ?? (isService ? service.moduleName : symbol);
    this.#statement(
      'INSERT INTO entry (id, service, key, symbol, member, summary) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(id, serviceId, keyOf(own), symbol, member ?? null, summary.slice(0, MAX_SUMMARY));
    const names = isService ? namesOfService(service) : [own];
    const name = wordsToFind(names).join(' ');
    const ofSymbol = member === undefined ? [] : runsOf(symbol);
    const context = [tokenOfService(service.moduleName), ...ofSymbol].join(' ');
    this.#statement('INSERT INTO names (rowid, name, context) VALUES (?, ?, ?)').run(id, name, context);
    this.#statement('INSERT INTO texts (rowid, text) VALUES (?, ?)').run(
      id,
      `${name} ${context} ${text.slice(0, MAX_TEXT)}`,
    );
    if (entry.signature !== undefined) this.#insertSignature(id, entry.signature, service);
    if (kind === 'property' || kind === 'value' || kind === 'errors of an operation') return;
    const insert = this.#statement('INSERT OR IGNORE INTO term (term) VALUES (?)');
    for (const name of names) for (const term of [keyOf(name), ...wordsOfName(name)]) insert.run(term);
  }

  #insertSignature(id: number, { input, output }: Signature, service: SearchedService): void {
    const terms = new Set<string>();
    const columns = [input, output].flatMap(({ members, types, within }) => {
      const all = wordsToFind([...members, ...types, ...within]);
      for (const term of all) terms.add(term);
      return [members.map(keyOf).join(' '), types.map(keyOf).join(' '), all.join(' ')];
    });
    const insert = this.#statement('INSERT OR IGNORE INTO signature_term (term) VALUES (?)');
    for (const term of terms) insert.run(term);
    this.#statement(
      `INSERT INTO signatures (rowid, input, input_type, input_within, output, output_type, output_within, service)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(id, ...columns, tokenOfService(service.moduleName));
  }

  /** @returns the id that the service had */
  #removeRows(moduleName: string): number | undefined {
    const row = this.#statement('SELECT id FROM service WHERE module = ?').get(moduleName);
    const id = row?.['id'] as number | undefined;
    if (id === undefined) return undefined;
    for (const table of ['names', 'texts', 'signatures']) {
      this.#statement(`DELETE FROM ${table} WHERE rowid IN (SELECT id FROM entry WHERE service = ?)`).run(id);
    }
    this.#statement('DELETE FROM entry WHERE service = ?').run(id);
    this.#statement('DELETE FROM service WHERE id = ?').run(id);
    return id;
  }

  #nextServiceId(): number {
    const row = this.#statement('SELECT coalesce(max(id), -1) + 1 AS next FROM service').get();
    const next = Number(row?.['next']);
    if (next >= MAX_SERVICES) throw new Error(`A search index holds at most ${MAX_SERVICES} services`);
    return next;
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #inTransaction(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
      this.#changes += 1;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

const COLUMNS = 'entry.id, service, symbol, member, summary';

class OtherLayout extends Error {}

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const BROKEN = [11, 26];

function isUnusable(error: unknown): boolean {
  if (error instanceof OtherLayout) return true;
  return error instanceof Error && 'errcode' in error && BROKEN.includes(Number(error.errcode) & 0xff);
}

/** A word of FTS5's query language that is only itself. */
export function quote(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}

/** A word that every entry of a service has, and no name. */
export function tokenOfService(moduleName: string): string {
  return `module${keyOf(moduleName)}module`;
}

function wordsToFind(names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap((name) => [keyOf(name), ...runsOf(name)]))];
}

/** @returns undefined when the index has no such service */
function conditionOfService(
  services: ReadonlyMap<number, SearchedService>,
  moduleName: string | undefined,
): Condition | undefined {
  if (moduleName === undefined) return { sql: 'true', values: [] };
  const [id] = services.entries().find(([, service]) => service.moduleName === moduleName) ?? [];
  return id === undefined ? undefined : { sql: 'service = ?', values: [id] };
}

function areMembers(kinds: readonly SearchKind[]): boolean {
  return kinds.every((kind) => kind === 'property' || kind === 'value');
}

function readService({ other_names, ...row }: ServiceRow): SearchedService {
  const otherNames = other_names.split('\n').filter((name) => name !== '');
  return { moduleName: row.module, className: row.class, title: row.title, otherNames, rank: row.rank };
}

function readRow(
  { id, member, summary, symbol }: Row,
  service: SearchedService | undefined,
): FoundEntry | undefined {
  const kind = kindOfRow(id);
  if (service === undefined || kind === undefined) return undefined;
  return { id, kind, symbol, ...(member !== null && { member }), summary, service };
}
