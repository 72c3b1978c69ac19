/**
 * Who holds a part of what is shared, from the widest circle to the narrowest: for an IPv6 address its /48, /56 and /64
 * (`addressBlocks`). A name stands at one place alone.
 */
export type Holder = readonly Circle[];

interface Circle {
  readonly name: string;
  /** How many times the bound of one address the circle may hold. */
  readonly shares: number;
}

/** An item that is held, as `add` gives it and `remove` takes it. */
export interface Held<Item> {
  readonly item: Item;
}

/** A link of the list of what one holder has, by age. */
interface Link<Item> extends Held<Item> {
  /** `undefined` once the item was removed. */
  group: Group<Item> | undefined;
  older: Link<Item> | undefined;
  newer: Link<Item> | undefined;
}

/**
 * What is shared by all (places in a queue, connections, entries of a cache), held item by item. A circle counts as one
 * beside others of its width, however many addresses it has: whoever holds a /48 has no more turns than an IPv4 address, and
 * is the largest holder as soon as any address would be. Each operation takes the same time, however many hold something.
 */
export class FairShares<Item> {
  readonly #all = new Group<Item>();

  get size(): number {
    return this.#all.size;
  }

  /** How many items each circle of the holder has, the widest first. */
  sizesOf(holder: Holder): readonly number[] {
    let group: Group<Item> | undefined = this.#all;
    return holder.map(({ name }) => {
      group = group?.children.get(name);
      return group?.size ?? 0;
    });
  }

  /** Whether each circle of the holder has less than its shares, where one share is `perShare` items. */
  hasRoom(holder: Holder, perShare: number): boolean {
    const sizes = this.sizesOf(holder);
    return holder.every(({ shares }, index) => (sizes[index] ?? 0) < perShare * shares);
  }

  add(holder: Holder, item: Item): Held<Item> {
    let group = this.#all;
    for (const { name } of holder) group = group.child(name);
    return group.append(item);
  }

  /** Removes an item. @returns whether it was still held */
  remove(held: Held<Item>): boolean {
    const link = held as Link<Item>;
    const { group } = link;
    group?.detach(link);
    return group !== undefined;
  }

  /** Takes out the oldest item of the holder whose turn it is. Its turn comes again when all others have had theirs. */
  takeTurn(): Item | undefined {
    if (this.#all.size === 0) return undefined;
    let group = this.#all;
    while (group.children.size > 0) group = group.nextTurn();
    return this.#take(group.oldest);
  }

  /**
   * Takes out an item of the largest holder: in the largest of the widest circles, the largest of the next width, and so on.
   *
   * @param newcomer - a holder that loses where others have as much, so that who comes later does not push out who came before
   */
  takeFromLargest(which: 'newest' | 'oldest', newcomer: Holder = []): Item | undefined {
    if (this.#all.size === 0) return undefined;
    let group = this.#all;
    let favoured: Group<Item> | undefined = group;
    for (let depth = 0; group.children.size > 0; depth += 1) {
      favoured = favoured?.children.get(newcomer[depth]?.name ?? '');
      const largest = group.largestChild(favoured);
      if (largest !== favoured) favoured = undefined;
      group = largest;
    }
    return this.#take(group[which]);
  }

  #take(held: Held<Item> | undefined): Item | undefined {
    if (held !== undefined) this.remove(held);
    return held?.item;
  }
}

/** What one circle holds: items at the narrowest, narrower circles elsewhere. */
class Group<Item> {
  oldest: Link<Item> | undefined;
  newest: Link<Item> | undefined;
  /** The narrower circles; the one whose turn is next stands first. */
  readonly children = new Map<string, Group<Item>>();
  size = 0;
  readonly #place: { readonly parent: Group<Item>; readonly name: string } | undefined;
  /** The children by size, so that the largest is found at once. */
  readonly #childrenBySize = new Map<number, Set<Group<Item>>>();
  #largestSize = 0;

  constructor(place?: { readonly parent: Group<Item>; readonly name: string }) {
    this.#place = place;
  }

  /** The child of a name, which stands last where it is new. */
  child(name: string): Group<Item> {
    let child = this.children.get(name);
    if (child === undefined) {
      child = new Group({ parent: this, name });
      this.children.set(name, child);
    }
    return child;
  }

  append(item: Item): Link<Item> {
    const link: Link<Item> = { item, group: this, older: this.newest, newer: undefined };
    if (this.newest === undefined) this.oldest = link;
    else this.newest.newer = link;
    this.newest = link;
    this.#grow(1);
    return link;
  }

  detach(link: Link<Item>): void {
    if (link.older === undefined) this.oldest = link.newer;
    else link.older.newer = link.newer;
    if (link.newer === undefined) this.newest = link.older;
    else link.newer.older = link.older;
    link.group = undefined;
    this.#grow(-1);
  }

  /** Counts an item that came or went, here and in all wider circles. A group without items leaves its parent. */
  #grow(change: 1 | -1): void {
    this.size += change;
    if (this.#place === undefined) return;
    const { parent, name } = this.#place;
    parent.#moveChild(this, this.size - change);
    if (this.size === 0) parent.children.delete(name);
    parent.#grow(change);
  }

  /** The child whose turn it is, which stands last from then on. */
  nextTurn(): Group<Item> {
    const [name, child] = this.children.entries().next().value as [string, Group<Item>];
    this.children.delete(name);
    this.children.set(name, child);
    return child;
  }

  /** The largest child: `favoured` where no other is larger. */
  largestChild(favoured: Group<Item> | undefined): Group<Item> {
    const largest = this.#childrenBySize.get(this.#largestSize) as Set<Group<Item>>;
    return favoured !== undefined && largest.has(favoured)
      ? favoured
      : (largest.values().next().value as Group<Item>);
  }

  #moveChild(child: Group<Item>, oldSize: number): void {
    const before = this.#childrenBySize.get(oldSize);
    before?.delete(child);
    if (before?.size === 0) this.#childrenBySize.delete(oldSize);
    if (child.size > 0) {
      const now = this.#childrenBySize.get(child.size) ?? new Set();
      this.#childrenBySize.set(child.size, now.add(child));
    }
    if (child.size > this.#largestSize) this.#largestSize = child.size;
    else if (!this.#childrenBySize.has(this.#largestSize)) this.#largestSize -= 1;
  }
}
