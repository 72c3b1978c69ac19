import { nameKey } from '../../../directory/name-key.ts';
import type { DirectorySource, Principal } from '../../port/directory.ts';
import type { DirectoryChange, DirectoryStep, StepResult } from '../../port/directory-change.ts';

/** What a step did, or the conflict that it met, as far as the model says it. */
export type ModelOutcome =
  | readonly StepResult['did'][]
  | { readonly step: number; readonly conflict: ModelConflict };

/** The kind of the conflict, and the key of the entry that it is with. */
type ModelConflict = readonly [kind: string, key?: string];

interface Named {
  name: string;
  source: DirectorySource;
  revision: number;
  handedOverBy?: DirectorySource;
}

interface ModelUser extends Named {
  displayName: string;
  status: 'enabled' | 'disabled';
  hasLeft: boolean;
  isBlocked: boolean;
  /** Another number for another version. */
  version: number;
  password?: { hash: string; setBy: DirectorySource } | undefined;
}

type NamedKind = 'group' | 'account' | 'permissionSet';

interface State {
  users: Record<string, ModelUser>;
  graves: Record<string, true>;
  group: Record<string, Named>;
  account: Record<string, Named>;
  permissionSet: Record<string, Named>;
  /** Memberships and assignments, by the ids of what they join, with a space between them. */
  references: Record<string, DirectorySource>;
  revisions: Record<string, number>;
  versions: number;
}

class Met extends Error {
  readonly conflict: ModelConflict;
  constructor(...conflict: ModelConflict) {
    super(conflict.join(' '));
    this.conflict = conflict;
  }
}

/** The rules of the directory in plain objects, for what the histories do: ids are always given. */
export class DirectoryModel {
  state: State = {
    ...{ users: {}, graves: {}, group: {}, account: {}, permissionSet: {}, references: {} },
    ...{ revisions: {}, versions: 0 },
  };

  apply({ source, steps, ifSourceRevision }: DirectoryChange): ModelOutcome {
    const before = structuredClone(this.state);
    let step = -1;
    try {
      const revision = this.state.revisions[source] ?? 0;
      if (ifSourceRevision !== undefined && ifSourceRevision !== revision) throw new Met('outdated');
      this.state.revisions[source] = revision + 1;
      return steps.map((each, index) => {
        step = index;
        return this.#take(source, each);
      });
    } catch (error) {
      if (!(error instanceof Met)) throw error;
      this.state = before;
      return { step, conflict: error.conflict };
    }
  }

  /** The source of what a step is about; `file` where that is not there. */
  ownerOf(step: DirectoryStep | undefined): DirectorySource {
    const { users, group, account, permissionSet, references } = this.state;
    if (step?.kind === 'removeMembership') return references[`${step.userId} ${step.groupId}`] ?? 'file';
    if (step?.kind === 'removeAssignment') return references[assignmentKey(step)] ?? 'file';
    const about = { id: '', entry: { id: '' }, ...step };
    const id = about.id === '' ? about.entry.id : about.id;
    return (users[id] ?? group[id] ?? account[id] ?? permissionSet[id])?.source ?? 'file';
  }

  #take(source: DirectorySource, step: DirectoryStep): StepResult['did'] {
    const { users, graves } = this.state;
    switch (step.kind) {
      case 'addUser': {
        const { id = '', userName: name, displayName, status, passwordHash } = step.user;
        const fresh = { name, displayName, status, source, hasLeft: false, version: this.#newVersion() };
        const password = passwordHash === undefined ? undefined : { hash: passwordHash, setBy: source };
        const [presentId, present] = find(users, name);
        if (present?.hasLeft) {
          const revision = present.revision + 1;
          users[presentId] = { ...present, ...fresh, revision, password: password ?? present.password };
          return 'changed';
        }
        if (present) throw new Met('taken', presentId);
        if (users[id]) throw new Met('taken', id);
        if (graves[id]) throw new Met('spent', id);
        users[id] = { ...fresh, isBlocked: false, revision: 1, password };
        return 'added';
      }
      case 'changeUser': {
        const user = this.#own(source, users, step.id, 'ifRevision' in step ? step.ifRevision : undefined);
        const {
          userName: name = user.name,
          displayName = user.displayName,
          status = user.status,
        } = step.values;
        if (name === user.name && displayName === user.displayName && status === user.status)
          return 'unchanged';
        const [holderId, holder] = find(users, name);
        if (holder && holder !== user) throw new Met('taken', holderId);
        if (user.status === 'enabled' && status === 'disabled') user.version = this.#newVersion();
        if (status === 'enabled') user.hasLeft = false;
        Object.assign(user, { name, displayName, status, revision: user.revision + 1 });
        return 'changed';
      }
      case 'setPassword':
        return this.#setPassword(source, step.userId, step.hash);
      case 'blockUser':
      case 'unblockUser': {
        const user = get(users, step.userId);
        const isBlocked = step.kind === 'blockUser';
        if (user.isBlocked === isBlocked) return 'unchanged';
        user.isBlocked = isBlocked;
        if (isBlocked) user.version = this.#newVersion();
        return 'changed';
      }
      case 'resetFactors':
        get(users, step.userId);
        return 'unchanged';
      case 'signOutEverywhere':
        get(users, step.userId).version = this.#newVersion();
        return 'changed';
      case 'removeUser':
        this.#own(source, users, step.id);
        this.#removeOwnReferences(source, step.id);
        if (this.#isReferredTo(step.id)) throw new Met('referredTo', step.id);
        delete users[step.id];
        graves[step.id] = true;
        return 'removed';
      case 'addGroup':
        return this.#addNamed(source, 'group', step.group);
      case 'addAccount':
        return this.#addNamed(source, 'account', step.account);
      case 'addPermissionSet':
        return this.#addNamed(source, 'permissionSet', step.permissionSet);
      case 'changeGroup':
        return this.#rename(source, 'group', step);
      case 'changeAccount':
        return this.#rename(source, 'account', step);
      case 'changePermissionSet':
        return this.#rename(source, 'permissionSet', step);
      case 'removeGroup':
        return this.#removeNamed(source, 'group', step.id);
      case 'removeAccount':
        return this.#removeNamed(source, 'account', step.id);
      case 'removePermissionSet':
        return this.#removeNamed(source, 'permissionSet', step.id);
      case 'addMembership':
        get(users, step.userId);
        get(this.state.group, step.groupId);
        return this.#addReference(source, `${step.userId} ${step.groupId}`);
      case 'removeMembership':
        return this.#removeReference(source, `${step.userId} ${step.groupId}`);
      case 'addAssignment':
        if ('userId' in step.principal) get(users, step.principal.userId);
        else get(this.state.group, step.principal.groupId);
        get(this.state.account, step.accountId);
        get(this.state.permissionSet, step.permissionSetId);
        return this.#addReference(source, assignmentKey(step));
      case 'removeAssignment':
        return this.#removeReference(source, assignmentKey(step));
      case 'letGo': {
        const { kind, id } = step.entry;
        if (kind !== 'user') return this.#letNamedGo(source, kind, id);
        const user = this.#own(source, users, id);
        if (user.hasLeft) return 'unchanged';
        this.#removeOwnReferences(source, id);
        if (user.password?.setBy === source) user.password = undefined;
        Object.assign(user, { status: 'disabled', hasLeft: true, revision: user.revision + 1 });
        user.version = this.#newVersion();
        return 'disabled';
      }
      default:
        throw new TypeError(`The model has no step ${JSON.stringify(step satisfies never)}`);
    }
  }

  #setPassword(source: DirectorySource, userId: string, hash: string | null): StepResult['did'] {
    const user = get(this.state.users, userId);
    const isForAnybody = source === 'command' || source === 'page';
    if (!isForAnybody && user.source !== source) throw new Met('owned', userId);
    if (user.password?.setBy === 'file' && source !== 'file') throw new Met('owned', userId);
    if (source === 'page' && user.password && !['page', 'command'].includes(user.password.setBy))
      throw new Met('owned', userId);
    if (hash === null) {
      if (!user.password || !(isForAnybody || user.password.setBy === source)) return 'unchanged';
      user.password = undefined;
    } else {
      if (user.password?.hash === hash && user.password.setBy === source) return 'unchanged';
      const isOther = user.password?.hash !== hash;
      user.password = { hash, setBy: source };
      if (!isOther) return 'changed';
    }
    user.version = this.#newVersion();
    return 'changed';
  }

  #addNamed(
    source: DirectorySource,
    kind: NamedKind,
    { id = '', name }: { readonly id?: string; readonly name: string },
  ): StepResult['did'] {
    const entries = this.state[kind];
    const [presentId, present] = kind === 'account' ? [id, entries[id]] : find(entries, name);
    if (present?.handedOverBy === source) {
      entries[presentId] = { name, source, revision: present.revision + 1 };
      return 'changed';
    }
    if (entries[id]) throw new Met('taken', id);
    const [holderId, holder] = find(entries, name);
    if (kind !== 'account' && holder) throw new Met('taken', holderId);
    entries[id] = { name, source, revision: 1 };
    return 'added';
  }

  #rename(
    source: DirectorySource,
    kind: NamedKind,
    step: { readonly id: string; readonly ifRevision?: number; readonly values: { readonly name?: string } },
  ): StepResult['did'] {
    const entry = this.#own(source, this.state[kind], step.id, step.ifRevision);
    const { name = entry.name } = step.values;
    if (name === entry.name) return 'unchanged';
    const [holderId, holder] = find(this.state[kind], name);
    if (kind !== 'account' && holder && holder !== entry) throw new Met('taken', holderId);
    this.state[kind][step.id] = { name, source, revision: entry.revision + 1 };
    return 'changed';
  }

  #removeNamed(source: DirectorySource, kind: NamedKind, id: string): StepResult['did'] {
    this.#own(source, this.state[kind], id);
    this.#removeOwnReferences(source, id);
    if (this.#isReferredTo(id)) throw new Met('referredTo', id);
    delete this.state[kind][id];
    return 'removed';
  }

  #letNamedGo(source: DirectorySource, kind: NamedKind, id: string): StepResult['did'] {
    const entry = this.#own(source, this.state[kind], id);
    this.#removeOwnReferences(source, id);
    if (!this.#isReferredTo(id)) {
      delete this.state[kind][id];
      return 'removed';
    }
    if (source === 'command') return 'unchanged';
    Object.assign(entry, { source: 'command', revision: entry.revision + 1, handedOverBy: source });
    return 'handedOver';
  }

  #addReference(source: DirectorySource, key: string): StepResult['did'] {
    const { references } = this.state;
    const owner = references[key];
    if (owner !== undefined && owner !== source) throw new Met('owned', key);
    if (owner !== undefined) return 'unchanged';
    references[key] = source;
    return 'added';
  }

  #removeReference(source: DirectorySource, key: string): StepResult['did'] {
    const { references } = this.state;
    if (references[key] === undefined) throw new Met('missing', key);
    if (references[key] !== source) throw new Met('owned', key);
    delete references[key];
    return 'removed';
  }

  #removeOwnReferences(source: DirectorySource, id: string): void {
    const { references } = this.state;
    for (const [key, owner] of Object.entries(references)) {
      if (owner === source && key.split(' ').includes(id)) delete references[key];
    }
  }

  #isReferredTo(id: string): boolean {
    return Object.keys(this.state.references).some((key) => key.split(' ').includes(id));
  }

  #own<Entry extends Named>(
    source: DirectorySource,
    entries: Record<string, Entry>,
    id: string,
    ifRevision?: number,
  ): Entry {
    const entry = get(entries, id);
    if (entry.source !== source) throw new Met('owned', id);
    if (ifRevision !== undefined && ifRevision !== entry.revision) throw new Met('outdated');
    return entry;
  }

  #newVersion(): number {
    this.state.versions += 1;
    return this.state.versions;
  }
}

function get<Entry>(entries: Record<string, Entry>, id: string): Entry {
  const entry = entries[id];
  if (entry === undefined) throw new Met('missing', id);
  return entry;
}

function find<Entry extends Named>(
  entries: Record<string, Entry>,
  name: string,
): readonly [id: string, entry: Entry | undefined] {
  return (
    Object.entries(entries).find(([, entry]) => nameKey(entry.name) === nameKey(name)) ?? ['', undefined]
  );
}

function assignmentKey(step: {
  readonly principal: Principal;
  readonly accountId: string;
  readonly permissionSetId: string;
}): string {
  const principalId = 'userId' in step.principal ? step.principal.userId : step.principal.groupId;
  return `${principalId} ${step.accountId} ${step.permissionSetId}`;
}
