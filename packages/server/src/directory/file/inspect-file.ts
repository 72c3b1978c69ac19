import type { DirectorySource, EntryKind, EntryOf } from '../../store/port/directory.ts';
import { randomEntryId } from '../ids.ts';
import type { NamedKind } from './declaration.ts';
import type {
  Declared,
  DeclaredKind,
  DeclaredOf,
  DeclaredUser,
  IdsByKey,
  ReferenceKind,
} from './declared-entries.ts';
import type { StoredOf, StoredUser } from './difference.ts';
import { type LostAccess, RoleLosses } from './lost-access.ts';
import { mergeByKey, type Pair } from './merge-by-key.ts';
import { Recognized, recognize, type TakenExternalId } from './recognize.ts';
import { declaredSide, type FileStore, findStored, referenceKey, storedSide } from './sides.ts';

/** Something in the file that the directory has already, and that is not the file's. */
export interface FileConflict {
  readonly kind: DeclaredKind;
  /** The key of what is declared. */
  readonly key: string;
  /**
   * `owner`: another source has it. `id`: it is there with another id, or the id is there with another name. `spentId`:
   * somebody who was removed had the id. `externalId`: it belongs to another entry.
   */
  readonly what:
    | { readonly owner: DirectorySource }
    | { readonly id: string }
    | { readonly spentId: string }
    | TakenExternalId['what'];
}

/** What a file would change, as far as it must be known before. */
export interface Inspection {
  /** Ids that the store has for what is declared, where they are not those that follow from the names. */
  readonly ids: IdsByKey;
  readonly conflicts: readonly FileConflict[];
  /** People of the file who may sign in, before. */
  readonly peopleBefore: number;
  /** The same, afterwards. */
  readonly peopleAfter: number;
  /** Those of them who could not before. */
  readonly added: number;
  /** Users of other sources, whether they may sign in or not. */
  readonly otherUsers: number;
  /** Whose access ends, in the order of their names; those of other sources last. */
  readonly ended: readonly LostAccess[];
}

/**
 * Compares what a file declares with the store, and changes nothing but the ids of what is declared: these are then those of
 * the store.
 *
 * @param signal - stops it
 * @throws the reason of the signal
 */
export async function inspectFile(
  store: FileStore,
  declared: Declared,
  signal?: AbortSignal,
): Promise<Inspection> {
  const inspector = new Inspector(store, declared, signal);
  return inspector.inspect();
}

class Inspector {
  readonly #store: FileStore;
  readonly #declared: Declared;
  readonly #signal: AbortSignal | undefined;
  readonly #ids = {
    ...{ user: new Map<string, string>(), group: new Map<string, string>() },
    ...{ account: new Map<string, string>(), permissionSet: new Map<string, string>() },
  };
  readonly #conflicts: FileConflict[] = [];
  readonly #ended: LostAccess[] = [];
  readonly #people = { before: 0, after: 0, added: 0, stored: 0 };
  #counts: Readonly<Record<EntryKind, number>> | undefined;
  #recognized = new Recognized();

  constructor(store: FileStore, declared: Declared, signal: AbortSignal | undefined) {
    this.#store = store;
    this.#declared = declared;
    this.#signal = signal;
  }

  async inspect(): Promise<Inspection> {
    const [store, declared] = [this.#store, this.#declared];
    this.#counts = await store.countEntries();
    this.#recognized = await recognize(store, declared, this.#signal);
    this.#conflicts.push(...this.#recognized.taken);
    const losses = new RoleLosses(store, declared);
    for await (const pairs of mergeByKey(storedSide(store, 'user'), declaredSide(declared, 'user'))) {
      this.#signal?.throwIfAborted();
      for (const pair of pairs) {
        const { left, right } = await this.#match('user', pair);
        const lost = this.#countUser(left, right);
        if (left !== undefined && lost !== undefined) {
          this.#ended.push({ userName: left.userName, lost });
          losses.leaveOut(left.id);
        }
        if (right !== undefined) await this.#checkNamed('user', left, right);
      }
    }
    for (const kind of ['group', 'account', 'permissionSet'] as const) {
      for await (const pairs of mergeByKey(storedSide(store, kind), declaredSide(declared, kind))) {
        this.#signal?.throwIfAborted();
        for (const pair of pairs) {
          const { left, right } = await this.#match(kind, pair as Pair<StoredOf[typeof kind], never>);
          if (right !== undefined) await this.#checkNamed(kind, left, right);
        }
      }
    }
    if (this.#conflicts.length === 0) await this.#compareReferences(losses);
    const byRoles = await losses.find(this.#signal);
    const { before, after, added, stored } = this.#people;
    return {
      ids: this.#ids,
      conflicts: this.#conflicts,
      ...{ peopleBefore: before, peopleAfter: after, added },
      otherUsers: this.#counts.user - stored,
      ended: inOrder([...this.#ended, ...byRoles]),
    };
  }

  #match<K extends NamedKind>(kind: K, pair: Pair<StoredOf[K], DeclaredOf[K]>) {
    return this.#recognized.match(kind, pair, (id) => findStored(this.#store, kind, id));
  }

  async #compareReferences(losses: RoleLosses): Promise<void> {
    const [store, declared] = [this.#store, this.#declared];
    await declared.useIds(this.#ids);
    for (const kind of ['membership', 'userAssignment', 'groupAssignment'] as const) {
      for await (const pairs of mergeByKey(storedSide(store, kind), declaredSide(declared, kind))) {
        this.#signal?.throwIfAborted();
        for (const { key, left, right } of pairs) {
          if (right === undefined) losses.note(kind, key.split(' '));
          else if (left === undefined) await this.#checkReference(kind, right);
        }
      }
    }
  }

  /** @returns what the user loses */
  #countUser(
    stored: StoredUser | undefined,
    declared: DeclaredUser | undefined,
  ): LostAccess['lost'] | undefined {
    const people = this.#people;
    const wasThere = stored !== undefined && maySignIn(stored);
    const isThere = declared?.values.status === 'enabled' && stored?.blocked === undefined;
    if (stored !== undefined) people.stored += 1;
    if (wasThere) people.before += 1;
    if (isThere) people.after += 1;
    if (isThere && !wasThere) people.added += 1;
    if (!wasThere) return undefined;
    if (!isThere) return 'user';
    return losesPassword(stored, declared) ? 'password' : undefined;
  }

  async #checkNamed<K extends NamedKind>(
    kind: K,
    stored: StoredOf[K] | undefined,
    declared: DeclaredOf[K],
  ): Promise<void> {
    const { key, id, hasGivenId } = declared;
    const there = stored ?? (await this.#findOther(kind, key));
    if (there === undefined) {
      await this.#checkNewId(kind, declared);
    } else if (stored === undefined && !isFree(there)) {
      this.#conflicts.push({ kind, key, what: { owner: there.source } });
    } else if (there.id !== id && hasGivenId) {
      this.#conflicts.push({ kind, key, what: { id: there.id } });
    } else if (there.id !== id) {
      this.#ids[kind].set(key, there.id);
    }
  }

  /** An id that follows from the name may be that of an entry with another name. */
  async #checkNewId<K extends NamedKind>(kind: K, { key, id, hasGivenId }: DeclaredOf[K]): Promise<void> {
    if (kind === 'account' || (this.#counts?.[kind] === 0 && !hasGivenId)) return;
    if ((await this.#store.findEntry(kind, { id })) !== undefined) {
      if (hasGivenId) this.#conflicts.push({ kind, key, what: { id } });
      else this.#ids[kind].set(key, randomEntryId(kind));
    } else if (hasGivenId && kind === 'user' && (await this.#store.isSpentId(id))) {
      this.#conflicts.push({ kind, key, what: { spentId: id } });
    }
  }

  /** The entry of another source that has the key. */
  async #findOther<K extends NamedKind>(kind: K, key: string): Promise<EntryOf[K] | undefined> {
    if (this.#counts?.[kind] === 0) return undefined;
    const entry = await this.#store.findEntry(kind, kind === 'account' ? { id: key } : { nameKey: key });
    return entry !== undefined && this.#recognized.isRenamed(kind, entry.id) ? undefined : entry;
  }

  async #checkReference(kind: ReferenceKind, declared: DeclaredOf[ReferenceKind]): Promise<void> {
    if (this.#counts?.[kind] === 0) return;
    const [principal = '', place = '', permissionSet] = declared.ids;
    const of = {
      ...(kind === 'groupAssignment' ? { groupId: principal } : { userId: principal }),
      ...(kind === 'membership' ? { groupId: place } : { accountId: place }),
    };
    const present = await this.#store.listEntries(kind, { of, limit: 1_000 });
    const same = present.find((entry) => 'groupId' in entry || entry.permissionSetId === permissionSet);
    if (same === undefined || same.source === 'file') return;
    this.#conflicts.push({ kind, key: referenceKey(declared), what: { owner: same.source } });
  }
}

/** Whether the user may sign in. */
export function maySignIn({ status, blocked }: EntryOf['user']): boolean {
  return status === 'enabled' && blocked === undefined;
}

/** Whether the file may take the entry of another source: a user who has left, or what it has handed over itself. */
function isFree(entry: EntryOf[NamedKind]): boolean {
  return 'userName' in entry ? entry.leftAtMs !== undefined : entry.handedOverBy === 'file';
}

function losesPassword(stored: StoredUser, declared: DeclaredUser): boolean {
  if (!stored.hasPassword) return false;
  if (declared.passwordHash === undefined) return stored.passwordSetBy === 'file';
  return declared.passwordHash !== stored.passwordHash;
}

function inOrder(ended: readonly LostAccess[]): readonly LostAccess[] {
  return ended.toSorted((a, b) => Number(a.isOfOther ?? false) - Number(b.isOfOther ?? false));
}
