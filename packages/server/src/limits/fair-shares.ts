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
      group = group?.find(name);
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
    let group = this.#all;
    for (let next = group.takeTurn(); next !== undefined; next = group.takeTurn()) group = next;
    return this.#take(group.oldest);
  }

  /**
   * Takes out an item of the largest holder: in the largest of the widest circles, the largest of the next width, and so on.
   *
   * @param newcomer - a holder that loses where others have as much, so that who comes later does not push out who came before
   */
  takeFromLargest(which: 'newest' | 'oldest', newcomer: Holder = []): Item | undefined {
    let group = this.#all;
    let favoured: Group<Item> | undefined = group;
    for (let depth = 0; !group.isNarrowest; depth += 1) {
      favoured = favoured?.find(newcomer[depth]?.name ?? '');
      const largest = group.largestChild(favoured);
      if (largest !== favoured) favoured = undefined;
      if (largest === undefined) break;
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
  size = 0;
  readonly #parent: Group<Item> | undefined;
  readonly #name: string;
  /** The narrower circles by name. Made when there is one, as most groups have none. */
  #children: Map<string, Group<Item>> | undefined;
  /** The children in the order of their turns: a ring, of which this one is next. */
  #nextTurn: Group<Item> | undefined;
  #turnBefore: Group<Item> = this;
  #turnAfter: Group<Item> = this;
  /** A child of each size; the others of its size are in a ring with it. Made when there are two children. */
  #childOfSize: Map<number, Group<Item>> | undefined;
  #peerBefore: Group<Item> = this;
  #peerAfter: Group<Item> = this;
  #largestSize = 0;

  constructor(parent?: Group<Item>, name = '') {
    this.#parent = parent;
    this.#name = name;
  }

  get isNarrowest(): boolean {
    return this.#children === undefined || this.#children.size === 0;
  }

  find(name: string): Group<Item> | undefined {
    return this.#children?.get(name);
  }

  /** The child of a name. A new one has its turn after all others. */
  child(name: string): Group<Item> {
    const known = this.find(name);
    if (known !== undefined) return known;
    const child = new Group<Item>(this, name);
    this.#children ??= new Map();
    this.#children.set(name, child);
    if (this.#nextTurn === undefined) this.#nextTurn = child;
    else {
      if (this.#childOfSize === undefined) {
        this.#childOfSize = new Map();
        this.#joinPeers(this.#nextTurn);
      }
      child.#turnBefore = this.#nextTurn.#turnBefore;
      child.#turnAfter = this.#nextTurn;
      child.#turnBefore.#turnAfter = child;
      child.#turnAfter.#turnBefore = child;
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

  /** The child whose turn it is, which is the last one from then on. */
  takeTurn(): Group<Item> | undefined {
    const turn = this.#nextTurn;
    if (turn !== undefined) this.#nextTurn = turn.#turnAfter;
    return turn;
  }

  /** The largest child: `favoured` where no other is larger. */
  largestChild(favoured: Group<Item> | undefined): Group<Item> | undefined {
    if (favoured?.size === this.#largestSize) return favoured;
    return this.#childOfSize === undefined ? this.#nextTurn : this.#childOfSize.get(this.#largestSize);
  }

  /** Counts an item that came or went, here and in all wider circles. A group without items leaves its parent. */
  #grow(change: 1 | -1): void {
    const parent = this.#parent;
    if (parent === undefined) {
      this.size += change;
      return;
    }
    if (this.size > 0) parent.#leavePeers(this);
    this.size += change;
    if (this.size > 0) parent.#joinPeers(this);
    else parent.#removeChild(this);
    parent.#largestSize = parent.#largestAfter(this.size);
    parent.#grow(change);
  }

  /** The size of the largest child after one of them has grown, or shrunk by one, to `size`. */
  #largestAfter(size: number): number {
    if (size > this.#largestSize) return size;
    return this.#childOfSize?.has(this.#largestSize) ? this.#largestSize : size;
  }

  #joinPeers(child: Group<Item>): void {
    const peer = this.#childOfSize?.get(child.size);
    if (peer === undefined) {
      this.#childOfSize?.set(child.size, child);
      return;
    }
    child.#peerBefore = peer.#peerBefore;
    child.#peerAfter = peer;
    child.#peerBefore.#peerAfter = child;
    child.#peerAfter.#peerBefore = child;
  }

  #leavePeers(child: Group<Item>): void {
    const peer = child.#peerAfter;
    if (peer === child) {
      this.#childOfSize?.delete(child.size);
      return;
    }
    this.#childOfSize?.set(child.size, peer);
    child.#peerBefore.#peerAfter = peer;
    peer.#peerBefore = child.#peerBefore;
    child.#peerBefore = child;
    child.#peerAfter = child;
  }

  #removeChild(child: Group<Item>): void {
    this.#children?.delete(child.#name);
    if (this.#nextTurn === child) this.#nextTurn = child.#turnAfter === child ? undefined : child.#turnAfter;
    child.#turnBefore.#turnAfter = child.#turnAfter;
    child.#turnAfter.#turnBefore = child.#turnBefore;
  }
}
