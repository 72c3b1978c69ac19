import type { EmailAddress } from '../../store/port/directory.ts';
import type {
  AccountValues,
  GroupValues,
  PermissionSetValues,
  UserValues,
} from '../../store/port/directory-change.ts';
import { compareKeys } from '../compare-keys.ts';
import { declaredGroupId, declaredPermissionSetId, declaredUserId } from '../ids.ts';
import { nameKey } from '../name-key.ts';
import type {
  AssignmentConfig,
  DirectoryConfig,
  ExternalIdConfig,
  NamedKind,
  UserConfig,
} from './declaration.ts';
import { noOthers, type Others } from './find-others.ts';
import { ReferenceOrder } from './reference-order.ts';

/** An entry with a name, as the file declares it. */
export interface DeclaredEntry<Values> {
  /** By which entries are ordered: the name key; of an account, the id. */
  readonly key: string;
  readonly id: string;
  /** Whether the file gives the id. Otherwise it follows from the name, and may be another one. */
  readonly hasGivenId: boolean;
  /** Place in the list of the file. */
  readonly index: number;
  readonly values: Values;
}

export interface DeclaredUser extends DeclaredEntry<UserValues> {
  readonly passwordHash?: string;
}

/** A membership or an assignment: the ids of user and group, or of principal, account and permission set. */
export interface DeclaredReference {
  readonly ids: readonly string[];
}

export interface DeclaredOf {
  readonly user: DeclaredUser;
  readonly group: DeclaredEntry<GroupValues>;
  readonly account: DeclaredEntry<AccountValues>;
  readonly permissionSet: DeclaredEntry<PermissionSetValues>;
  readonly membership: DeclaredReference;
  readonly userAssignment: DeclaredReference;
  readonly groupAssignment: DeclaredReference;
}

export type DeclaredKind = keyof DeclaredOf;
export type ReferenceKind = Exclude<DeclaredKind, NamedKind>;

/** Ids by keys, for some entries of each kind. */
export type IdsByKey = { readonly [K in NamedKind]: ReadonlyMap<string, string> };

/** What a file declares, in the order of the store's lists, a page at a time. */
export interface Declared {
  list<K extends DeclaredKind>(kind: K, page: KeyPage): Promise<readonly DeclaredOf[K][]>;
  /** Gives entries other ids: those that the store has for them. Memberships and assignments are by these ids then. */
  useIds(ids: IdsByKey): Promise<void>;
}

export interface KeyPage {
  readonly after?: string;
  /** The page begins at this key, if it is there. For entries that have a name. */
  readonly from?: string;
  /** Only entries that have an id or external ids in the file. */
  readonly isIdentified?: true;
  readonly limit: number;
}

/** The entries of a declaration that was checked: names are unique, and those that are referred to are in it or in `others`. */
export class DeclaredEntries implements Declared {
  readonly #config: DirectoryConfig;
  readonly #named: {
    readonly [K in NamedKind]: NamedList<DeclaredOf[K]>;
  };
  readonly #references = new Map<ReferenceKind, ReferenceOrder>();

  /** @param others - entries of other sources that the file refers to */
  constructor(config: DirectoryConfig, instanceId: string, others: Others = noOthers) {
    this.#config = config;
    const userId = idsOf(config.users, (key) => declaredUserId(instanceId, key));
    const groupId = idsOf(config.groups, (key) => declaredGroupId(instanceId, key));
    const permissionSetId = idsOf(config.permissionSets, (key) => declaredPermissionSetId(instanceId, key));
    this.#named = {
      user: new NamedList(
        config.users.map(({ userName }) => nameKey(userName)),
        byKey(others.user),
        (key, index) => {
          const user = itemAt(config.users, index);
          return {
            ...userId(key, user.id),
            values: userValues(user),
            ...(user.passwordHash !== undefined && { passwordHash: user.passwordHash }),
          };
        },
        (index) => isIdentified(itemAt(config.users, index)),
      ),
      group: new NamedList(
        config.groups.map(({ name }) => nameKey(name)),
        byKey(others.group),
        (key, index) => {
          const { id, name, description, externalIds = [] } = itemAt(config.groups, index);
          return {
            ...groupId(key, id),
            values: { name, ...(description !== undefined && { description }), externalIds },
          };
        },
        (index) => isIdentified(itemAt(config.groups, index)),
      ),
      account: new NamedList(
        config.accounts.map(({ id }) => id),
        byKey(others.account),
        (id, index) => {
          const { name, email } = itemAt(config.accounts, index);
          return { id, hasGivenId: true, values: { name, ...(email !== undefined && { email }) } };
        },
      ),
      permissionSet: new NamedList(
        config.permissionSets.map(({ name }) => nameKey(name)),
        byKey(others.permissionSet),
        (key, index) => {
          const { id, ...values } = itemAt(config.permissionSets, index);
          return { ...permissionSetId(key, id), values };
        },
        (index) => isIdentified(itemAt(config.permissionSets, index)),
      ),
    };
  }

  async list<K extends DeclaredKind>(kind: K, page: KeyPage): Promise<readonly DeclaredOf[K][]> {
    return (
      isNamed(kind)
        ? this.#named[kind].page(page)
        : this.#order(kind)
            .page(page)
            .map((ids) => ({ ids }))
    ) as readonly DeclaredOf[K][];
  }

  async useIds(ids: IdsByKey): Promise<void> {
    let areOthers = false;
    for (const kind of Object.keys(ids) as NamedKind[]) {
      if (this.#named[kind].useIds(ids[kind])) areOthers = true;
    }
    // Putting a million references in order takes seconds.
    if (areOthers) this.#references.clear();
  }

  /** Where in the lists of the declaration an entry is, by its key: e.g. `users`, 5, `userName`. */
  pathOf(kind: DeclaredKind, key: string): readonly (string | number)[] {
    if (isNamed(kind)) {
      const [list, name] = PLACES[kind];
      return [list, this.#named[kind].positionOf(key), name];
    }
    const [principalId, ...ids] = key.split(' ');
    const { user, group, permissionSet } = this.#named;
    if (kind === 'membership') {
      const [groups, users] = [group.ids(), user.ids()];
      const index = this.#config.groups.findIndex((_, each) => groups[each] === ids[0]);
      const members = this.#config.groups[index]?.members ?? [];
      const member = members.findIndex((name) => users[user.positionOf(nameKey(name))] === principalId);
      return ['groups', index, 'members', member];
    }
    const principals = kind === 'userAssignment' ? user : group;
    const [principalIds, setIds] = [principals.ids(), permissionSet.ids()];
    const index = this.#config.assignments.findIndex(
      ({ users, groups, accounts, permissionSets }) =>
        (kind === 'userAssignment' ? users : groups).some(
          (name) => principalIds[principals.positionOf(nameKey(name))] === principalId,
        ) &&
        accounts.includes(ids[0] ?? '') &&
        permissionSets.some((name) => setIds[permissionSet.positionOf(nameKey(name))] === ids[1]),
    );
    return ['assignments', index];
  }

  #order(kind: ReferenceKind): ReferenceOrder {
    const order = this.#references.get(kind) ?? this.#putInOrder(kind);
    this.#references.set(kind, order);
    return order;
  }

  #putInOrder(kind: ReferenceKind): ReferenceOrder {
    const { user, group, account, permissionSet } = this.#named;
    if (kind === 'membership') return new ReferenceOrder([user.ids(), group.ids()], this.#memberships());
    const principals = kind === 'userAssignment' ? user : group;
    const namesOf = (assignment: AssignmentConfig) =>
      kind === 'userAssignment' ? assignment.users : assignment.groups;
    return new ReferenceOrder(
      [principals.ids(), account.ids(), permissionSet.ids()],
      this.#assignments(principals, namesOf),
    );
  }

  *#memberships(): Iterable<readonly number[]> {
    const { user, group } = this.#named;
    for (const { name, members } of this.#config.groups) {
      const groupPosition = group.positionOf(nameKey(name));
      for (const member of members) yield [user.positionOf(nameKey(member)), groupPosition];
    }
  }

  *#assignments(
    principals: NamedList<DeclaredOf[NamedKind]>,
    namesOf: (assignment: AssignmentConfig) => readonly string[],
  ): Iterable<readonly number[]> {
    const { account, permissionSet } = this.#named;
    for (const assignment of this.#config.assignments) {
      const accounts = assignment.accounts.map((id) => account.positionOf(id));
      const sets = assignment.permissionSets.map((name) => permissionSet.positionOf(nameKey(name)));
      for (const name of namesOf(assignment)) {
        const principal = principals.positionOf(nameKey(name));
        for (const each of accounts) for (const set of sets) yield [principal, each, set];
      }
    }
  }
}

function byKey(ids: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...ids].map(([name, id]) => [nameKey(name), id]));
}

const PLACES: { readonly [K in NamedKind]: readonly [list: string, name: string] } = {
  user: ['users', 'userName'],
  group: ['groups', 'name'],
  account: ['accounts', 'id'],
  permissionSet: ['permissionSets', 'name'],
};

/** Whether entries of the kind have a name, so that others refer to them. */
export function isNamed(kind: DeclaredKind): kind is NamedKind {
  return kind === 'user' || kind === 'group' || kind === 'account' || kind === 'permissionSet';
}

/** The entries of one kind by key. */
class NamedList<Entry extends DeclaredOf[NamedKind]> {
  /** Of the entries in the order of the file, then of others that the file refers to. */
  readonly #keys: readonly string[];
  /** Indexes of the entries, by their keys. */
  readonly #sorted: readonly number[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #describe: (key: string, index: number) => Omit<Entry, 'key' | 'index'>;
  readonly #isIdentified: (index: number) => boolean;
  readonly #others: ReadonlyMap<string, string>;
  #otherIds: ReadonlyMap<string, string> = new Map();

  constructor(
    keys: readonly string[],
    others: ReadonlyMap<string, string>,
    describe: (key: string, index: number) => Omit<Entry, 'key' | 'index'>,
    isIdentified: (index: number) => boolean = () => true,
  ) {
    this.#keys = [...keys, ...others.keys()];
    this.#sorted = keys.map((_, index) => index).sort((a, b) => compareKeys(keys[a] ?? '', keys[b] ?? ''));
    this.#positions = new Map(this.#keys.map((key, index) => [key, index]));
    this.#describe = describe;
    this.#isIdentified = isIdentified;
    this.#others = others;
  }

  /** @returns whether these are others than before */
  useIds(ids: ReadonlyMap<string, string>): boolean {
    const before = this.#otherIds;
    this.#otherIds = new Map(ids);
    return ids.size !== before.size || ids.entries().some(([key, id]) => before.get(key) !== id);
  }

  page({ after = '', from, limit, isIdentified }: KeyPage): readonly Entry[] {
    const first = this.#countWhile((key) =>
      from === undefined ? compareKeys(key, after) <= 0 : compareKeys(key, from) < 0,
    );
    const indexes: number[] = [];
    for (let place = first; place < this.#sorted.length && indexes.length < limit; place += 1) {
      const index = this.#sorted[place] ?? 0;
      if (isIdentified !== true || this.#isIdentified(index)) indexes.push(index);
    }
    return indexes.map((index) => this.#entryAt(index));
  }

  /** How many keys, in their order, come before the rest. */
  #countWhile(comesBefore: (key: string) => boolean): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (comesBefore(this.#keys[this.#sorted[middle] ?? 0] ?? '')) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The ids of all, in the order of their positions. */
  ids(): readonly string[] {
    const declared = this.#sorted.length;
    return this.#keys.map((key, index) =>
      index < declared ? this.#entryAt(index).id : (this.#others.get(key) ?? ''),
    );
  }

  positionOf(key: string): number {
    const position = this.#positions.get(key);
    if (position === undefined) throw new Error(`Read a declared directory: nothing has the key "${key}"`);
    return position;
  }

  #entryAt(index: number): Entry {
    const key = this.#keys[index] ?? '';
    const entry = { ...this.#describe(key, index), key, index };
    const id = this.#otherIds.get(key);
    return (id === undefined ? entry : { ...entry, id }) as Entry;
  }
}

interface DeclaredId {
  readonly id: string;
  readonly hasGivenId: boolean;
}

/** @returns what gives entries their ids: the one in the file, or else one that follows from the key */
function idsOf(
  entries: readonly { readonly id?: string | undefined }[],
  derive: (key: string) => string,
): (key: string, id: string | undefined) => DeclaredId {
  const given = new Set(entries.map(({ id }) => id));
  // Each is asked for several times, and takes 3 microseconds to make.
  const known = new Map<string, string>();
  const deriveFree = (key: string) => {
    const derived = derive(key);
    // Another entry has it who was given the id under the name before. No name has a line break.
    const id = given.has(derived) ? derive(`${key}\n`) : derived;
    known.set(key, id);
    return id;
  };
  return (key, id) =>
    id === undefined
      ? { id: known.get(key) ?? deriveFree(key), hasGivenId: false }
      : { id, hasGivenId: true };
}

function isIdentified({
  id,
  externalIds = [],
}: {
  readonly id?: string | undefined;
  readonly externalIds?: readonly ExternalIdConfig[] | undefined;
}): boolean {
  return id !== undefined || externalIds.length > 0;
}

function userValues(user: UserConfig): UserValues {
  const { userName, displayName = userName, email, emails = [], externalIds = [], disabled = false } = user;
  const primary: readonly EmailAddress[] = email === undefined ? [] : [{ address: email, primary: true }];
  return {
    userName,
    displayName,
    emails: [...primary, ...emails.map((each) => ({ ...each, primary: each.primary ?? false }))],
    externalIds,
    status: disabled ? 'disabled' : 'enabled',
  };
}

function itemAt<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`Read a declared directory: there is no entry ${index}`);
  return item;
}
