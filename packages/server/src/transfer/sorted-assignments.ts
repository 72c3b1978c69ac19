import { compareKeys } from '../directory/compare-keys.ts';
import { nameKey } from '../directory/name-key.ts';

/** An assignment by names. */
export interface NamedAssignment {
  readonly principalName: string;
  readonly accountId: string;
  readonly roleName: string;
}

/**
 * Collects assignments, which a store lists in the order of their ids, and puts them into that of their names. There may be a
 * million: each takes twelve bytes, and each name is kept once.
 */
export class SortedAssignments {
  readonly #names = [new Names(nameKey), new Names(), new Names(nameKey)] as const;
  #triples = new Uint32Array(3 * 1024);
  #count = 0;

  add({ principalName, accountId, roleName }: NamedAssignment): void {
    if (3 * this.#count === this.#triples.length) {
      const larger = new Uint32Array(2 * this.#triples.length);
      larger.set(this.#triples);
      this.#triples = larger;
    }
    const [principals, accounts, roles] = this.#names;
    const triple = [principals.indexOf(principalName), accounts.indexOf(accountId), roles.indexOf(roleName)];
    this.#triples.set(triple, 3 * this.#count);
    this.#count += 1;
  }

  /** The assignments of each user or group, in the order of the keys of their names: accounts by id, roles by name. */
  *byPrincipal(): Generator<readonly NamedAssignment[]> {
    const [principals, accounts, roles] = this.#names.map((names) => names.sorted());
    if (principals === undefined || accounts === undefined || roles === undefined) return;
    const places = Float64Array.from({ length: this.#count }, (_, index) => {
      const [principal = 0, account = 0, role = 0] = this.#triples.subarray(3 * index);
      const place =
        (principals.ranks[principal] ?? 0) * accounts.names.length + (accounts.ranks[account] ?? 0);
      return place * roles.names.length + (roles.ranks[role] ?? 0);
    }).sort();
    let assigned: NamedAssignment[] = [];
    for (const place of places) {
      const account = Math.floor(place / roles.names.length);
      const assignment = {
        principalName: principals.names[Math.floor(account / accounts.names.length)] ?? '',
        accountId: accounts.names[account % accounts.names.length] ?? '',
        roleName: roles.names[place % roles.names.length] ?? '',
      };
      if (assigned.length > 0 && assigned[0]?.principalName !== assignment.principalName) {
        yield assigned;
        assigned = [];
      }
      assigned.push(assignment);
    }
    if (assigned.length > 0) yield assigned;
  }
}

/** Names that are numbered as they come. */
class Names {
  readonly #indexes = new Map<string, number>();
  readonly #keyOf: (name: string) => string;

  constructor(keyOf: (name: string) => string = (name) => name) {
    this.#keyOf = keyOf;
  }

  indexOf(name: string): number {
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    this.#indexes.set(name, this.#indexes.size);
    return this.#indexes.size - 1;
  }

  /** The names in the order of their keys, and the rank of each in it by its number. */
  sorted(): { readonly names: readonly string[]; readonly ranks: Uint32Array } {
    const order = Array.from(this.#indexes, ([name, index]) => ({ name, index, key: this.#keyOf(name) }));
    order.sort((left, right) => compareKeys(left.key, right.key));
    const ranks = new Uint32Array(order.length);
    for (const [rank, { index }] of order.entries()) ranks[index] = rank;
    return { names: order.map(({ name }) => name), ranks };
  }
}
