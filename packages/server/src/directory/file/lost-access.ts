import { setImmediate } from 'node:timers/promises';
import { readEntries } from '../../store/port/read-entries.ts';
import { readPages } from '../../store/port/read-pages.ts';
import type { Declared, ReferenceKind } from './declared-entries.ts';
import type { FileStore } from './sides.ts';

/** What a change of the directory takes from a user. */
export interface LostAccess {
  readonly userName: string;
  /**
   * `user`: disabled, or not there any more. `password`: removed, or another one, which ends all sessions. `roles`: all of
   * them, in every account.
   */
  readonly lost: 'user' | 'password' | 'roles';
  /** Whether the user is of another source than the file. */
  readonly isOfOther?: true;
}

/** Finds the people who lose every role, among those whom memberships and assignments that go may have given one. */
export class RoleLosses {
  readonly #store: FileStore;
  readonly #declared: Declared;
  readonly #users = new Set<string>();
  readonly #groups = new Set<string>();
  readonly #leftOut = new Set<string>();
  readonly #hadAssignment = new Map<string, Promise<boolean>>();
  readonly #hasAssignment = new Map<string, Promise<boolean>>();

  constructor(store: FileStore, declared: Declared) {
    this.#store = store;
    this.#declared = declared;
  }

  /** Leaves out a user who loses more. */
  leaveOut(userId: string): void {
    this.#leftOut.add(userId);
  }

  /** Notes a membership or an assignment that goes, by its ids. */
  note(kind: ReferenceKind, [principal = '']: readonly string[]): void {
    (kind === 'groupAssignment' ? this.#groups : this.#users).add(principal);
  }

  async find(signal?: AbortSignal): Promise<readonly LostAccess[]> {
    for (const groupId of this.#groups) {
      if (await this.#groupHasAssignment(groupId)) continue;
      for await (const { userId } of readEntries(this.#store, 'membership', { groupId }))
        this.#users.add(userId);
    }
    const lost: LostAccess[] = [];
    for (const userId of this.#users) {
      signal?.throwIfAborted();
      if (this.#leftOut.has(userId)) continue;
      const user = await this.#store.findUser(userId);
      if (user === undefined || !(await this.#hadRole(userId)) || (await this.#hasRole(userId))) continue;
      const source = (await this.#store.findEntry('user', { id: userId }))?.source;
      lost.push({ userName: user.userName, lost: 'roles', ...(source !== 'file' && { isOfOther: true }) });
      await setImmediate();
    }
    return lost.toSorted((a, b) => (a.userName < b.userName ? -1 : 1));
  }

  async #hadRole(userId: string): Promise<boolean> {
    if ((await this.#store.listEntries('userAssignment', { of: { userId }, limit: 1 })).length > 0)
      return true;
    for await (const { groupId } of readEntries(this.#store, 'membership', { userId })) {
      if (await this.#groupHadAssignment(groupId)) return true;
    }
    return false;
  }

  async #hasRole(userId: string): Promise<boolean> {
    if (await this.#declares('userAssignment', userId)) return true;
    for await (const { source } of readEntries(this.#store, 'userAssignment', { userId })) {
      if (source !== 'file') return true;
    }
    for await (const { groupId, source } of readEntries(this.#store, 'membership', { userId })) {
      if (source !== 'file' && (await this.#groupHasAssignment(groupId))) return true;
    }
    for await (const groupId of this.#declaredGroups(userId)) {
      if (await this.#groupHasAssignment(groupId)) return true;
    }
    return false;
  }

  /** Whether a group has an assignment in the store. */
  #groupHadAssignment(groupId: string): Promise<boolean> {
    return remember(this.#hadAssignment, groupId, async () => {
      const found = await this.#store.listEntries('groupAssignment', { of: { groupId }, limit: 1 });
      return found.length > 0;
    });
  }

  /** Whether a group will have one. */
  #groupHasAssignment(groupId: string): Promise<boolean> {
    return remember(this.#hasAssignment, groupId, async () => {
      if (await this.#declares('groupAssignment', groupId)) return true;
      for await (const { source } of readEntries(this.#store, 'groupAssignment', { groupId })) {
        if (source !== 'file') return true;
      }
      return false;
    });
  }

  async #declares(kind: ReferenceKind, principal: string): Promise<boolean> {
    const [first] = await this.#declared.list(kind, { after: `${principal} `, limit: 1 });
    return first?.ids[0] === principal;
  }

  async *#declaredGroups(userId: string): AsyncGenerator<string> {
    const pages = readPages(
      (page) => this.#declared.list('membership', page),
      ({ ids }) => ids.join(' '),
      { after: `${userId} ` },
    );
    for await (const page of pages) {
      for (const { ids } of page) {
        if (ids[0] !== userId) return;
        yield ids[1] ?? '';
      }
    }
  }
}

function remember<Value>(
  known: Map<string, Promise<Value>>,
  key: string,
  find: () => Promise<Value>,
): Promise<Value> {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}
