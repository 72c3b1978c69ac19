import { keyOf, runsOf, wordsOfName } from '../search/names.ts';
import { namesOfService } from '../search/names-of-service.ts';
import { rankEntry } from '../search/rank-entry.ts';
import { type SearchEntry, type SearchedService, searchKinds } from '../search/search-entry.ts';
import type { FoundEntry } from '../search/search-index.ts';
import { nameOfShard, type ShardEntry, type ShardIndex } from './shard-format.ts';

/** Entries of a shard that has all whose names have a word with its beginning. */
const MAX_WHOLE = 400;
/** Entries of a shard that has the best alone, because there are more. */
const MAX_BEST = 100;
/** Characters of a summary that are shown. */
const MAX_SUMMARY = 160;

/** The search of a static site: files of bounded size, each with the entries that have a word with one beginning in their names. */
export class SearchShards {
  readonly #services: SearchedService[] = [];
  readonly #entries: { readonly found: FoundEntry; readonly packed: ShardEntry }[] = [];
  /** Places in the list of entries, by word. */
  readonly #places = new Map<string, number[]>();
  readonly #terms = new Set<string>();

  /** @param fileOf - gives the page of an entry; entries without a page are left out */
  add(
    service: SearchedService,
    entries: Iterable<SearchEntry>,
    fileOf: (entry: FoundEntry) => string | undefined,
  ): void {
    const number = this.#services.push(service) - 1;
    for (const entry of entries) {
      const found = { ...entry, id: this.#entries.length, service };
      const file = fileOf(found);
      if (file === undefined) continue;
      const { kind, member, summary, symbol } = entry;
      const packed: ShardEntry = [
        searchKinds.indexOf(kind),
        number,
        symbol,
        member ?? null,
        summary.slice(0, MAX_SUMMARY),
        file,
      ];
      this.#entries.push({ found, packed });
      this.#addWords(found);
    }
  }

  /** @returns the text of each file, by its name */
  *files(): Generator<readonly [name: string, text: string]> {
    const index: ShardIndex = { services: this.#services, whole: [], best: [] };
    const words = [...this.#places.keys()].toSorted();
    for (const { entries, isWhole, prefix } of this.#shards(words, '')) {
      (isWhole ? index.whole : index.best).push(prefix);
      yield [nameOfShard(prefix), textOf(nameOfShard(prefix), entries)];
    }
    yield ['terms', textOf('terms', [...this.#terms])];
    yield ['index', textOf('index', index)];
  }

  #addWords({ id, kind, member, service, symbol }: FoundEntry): void {
    const names = kind === 'service' ? namesOfService(service) : [member ?? symbol];
    for (const word of new Set(names.flatMap((name) => [keyOf(name), ...runsOf(name)]))) {
      const places = this.#places.get(word);
      if (places === undefined) this.#places.set(word, [id]);
      else places.push(id);
    }
    if (kind === 'property' || kind === 'value' || kind === 'errors of an operation') return;
    for (const term of names.flatMap((name) => [keyOf(name), ...wordsOfName(name)])) this.#terms.add(term);
  }

  *#shards(
    words: readonly string[],
    prefix: string,
  ): Generator<{
    readonly prefix: string;
    readonly isWhole: boolean;
    readonly entries: readonly ShardEntry[];
  }> {
    const ids = [...new Set(words.flatMap((word) => this.#places.get(word) ?? []))];
    if (prefix !== '') {
      const isWhole = ids.length <= MAX_WHOLE;
      const chosen = isWhole ? ids : this.#best(ids, prefix);
      yield { prefix, isWhole, entries: chosen.map((id) => this.#entries[id]!.packed) };
      if (isWhole) return;
    }
    const next = Map.groupBy(
      words.filter((word) => word.length > prefix.length),
      (word) => String.fromCodePoint(word.codePointAt(prefix.length) ?? 0),
    );
    for (const [letter, group] of next) yield* this.#shards(group, prefix + letter);
  }

  #best(ids: readonly number[], prefix: string): readonly number[] {
    return ids
      .map((id) => ({ id, rank: rankEntry(this.#entries[id]!.found, [prefix]) }))
      .toSorted((a, b) => a.rank - b.rank || a.id - b.id)
      .slice(0, MAX_BEST)
      .map(({ id }) => id);
  }
}

/** A script, and no JSON: a page of a file may load no other file by `fetch`. */
function textOf(name: string, data: unknown): string {
  return `latchkeyData(${JSON.stringify(name)}, ${JSON.stringify(data)});\n`;
}
