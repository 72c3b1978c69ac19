import type { Conflict, DirectoryStep, DirectoryWriter } from '../../store/port/directory-change.ts';
import { randomEntryId } from '../ids.ts';
import { nameKey } from '../name-key.ts';
import type { NamedKind } from './declaration.ts';
import type { Declared, DeclaredOf, DeclaredUser, IdsByKey, ReferenceKind } from './declared-entries.ts';
import {
  bringAccount,
  bringGroup,
  bringPermissionSet,
  bringUser,
  changeReference,
  endUser,
  renameUser,
  type Steps,
  type StoredOf,
} from './difference.ts';
import { mergeByKey } from './merge-by-key.ts';
import { RENAMED, type Recognized, type RenamedKind, recognize } from './recognize.ts';
import { declaredSide, type FileStore, findStored, storedSide } from './sides.ts';

export interface ReconcileOptions {
  readonly store: FileStore & DirectoryWriter;
  readonly declared: Declared;
  /** The ids that the store has for what is declared (`inspectFile`). */
  readonly ids: IdsByKey;
  /** The revision of the file in the store before it was compared. Default: as it is now. */
  readonly revision?: number;
  /** SHA-256 of the declaration; kept with the last change. */
  readonly digest: Uint8Array;
  readonly now: () => number;
  /** Stops it between two changes. */
  readonly signal?: AbortSignal;
  /** Told after each change how many differences are applied. */
  readonly onProgress?: (differences: number) => void;
  /** The most steps of a change. Default: 25; 50 where the store has no file that was applied wholly. */
  readonly maxSteps?: number;
  /** The version of a user who is added; `undefined`: a random one. */
  readonly versionOf?: (user: DeclaredUser) => string | undefined;
}

/** Requests wait while a change is made. In SQLite so many steps take 2 to 5 ms, more when other programs are running. */
const STEPS = 25;
/** Until a file was applied wholly, the server is not ready: fewer changes are over sooner. In SQLite so many steps take 10 ms. */
const STEPS_UNTIL_READY = 50;

export interface Reconciled {
  /** How many differences there were. */
  readonly differences: number;
  /** What is not declared any more, but was handed over to `command`, because other sources refer to it. */
  readonly handedOver: readonly { readonly kind: NamedKind; readonly name: string }[];
}

/** The file cannot be applied: another source has what it declares, or is applying another file. */
export class ReconcileConflict extends Error {
  override readonly name = 'ReconcileConflict';
  readonly conflict: Conflict;

  constructor(conflict: Conflict) {
    super(`Apply the file to the directory: refused, ${conflict.kind}`);
    this.conflict = conflict;
  }
}

/**
 * Makes the entries of the file in the store those that the file declares, by changes of some steps. Access shrinks
 * before it grows: after each change, nobody has access that neither the file before nor this one gives. Whoever finds it
 * stopped between two changes, as by a crash, finds a valid directory without a digest, and reconciles it again.
 *
 * @throws {ReconcileConflict}
 * @throws the reason of the signal
 */
export async function reconcileFile(options: ReconcileOptions): Promise<Reconciled> {
  const { store, declared, ids } = options;
  const source = await store.findSource('file');
  const maxSteps = options.maxSteps ?? (source?.digest === undefined ? STEPS_UNTIL_READY : STEPS);
  const changes = new Changes({ ...options, maxSteps }, options.revision ?? source?.revision ?? 0);
  await declared.useIds(ids);
  const recognized = await recognize(store, declared, options.signal);
  await changeReferences(options, changes, 'remove');
  await takeExternalIds(options, recognized, changes);
  for (const kind of RENAMED) await renameEntries(options, recognized.renames(kind), kind, changes);
  await changes.flush();
  for await (const pairs of mergeByKey(storedSide(store, 'user'), declaredSide(declared, 'user'))) {
    for (const { left, right } of pairs) await changes.add(endUser(left, right));
  }
  await bringEntries(options, changes);
  await changes.flush();
  await declared.useIds(changes.idsWith(ids));
  await changeReferences(options, changes, 'add');
  await letEntriesGo(options, changes);
  return changes.finish();
}

/** The revision of the file in the store; 0 where there was never one. */
export async function findRevision(store: FileStore): Promise<number> {
  return (await store.findSource('file'))?.revision ?? 0;
}

const REFERENCES: readonly ReferenceKind[] = ['userAssignment', 'groupAssignment', 'membership'];

async function changeReferences(
  { store, declared }: ReconcileOptions,
  changes: Changes,
  change: 'add' | 'remove',
): Promise<void> {
  for (const kind of REFERENCES) {
    for await (const pairs of mergeByKey(storedSide(store, kind), declaredSide(declared, kind))) {
      for (const { key, left, right } of pairs) {
        if ((change === 'add' ? left : right) === undefined)
          await changes.add([changeReference(kind, key.split(' '), change)]);
      }
    }
  }
}

/** Takes the external ids away that others of the file are to have. */
async function takeExternalIds(
  { store }: ReconcileOptions,
  recognized: Recognized,
  changes: Changes,
): Promise<void> {
  for (const kind of ['group', 'user'] as const) {
    for (const [id, moved] of recognized.moves(kind)) {
      const entry = await store.findEntry(kind, { id });
      const externalIds = entry?.externalIds.filter(
        (each) => !moved.some((other) => other.issuer === each.issuer && other.id === each.id),
      );
      if (externalIds === undefined) continue;
      const step = kind === 'user' ? ('changeUser' as const) : ('changeGroup' as const);
      await changes.add([{ kind: step, id, values: { externalIds } }]);
    }
  }
}

const RENAME: { readonly [K in RenamedKind]: (stored: StoredOf[K], declared: DeclaredOf[K]) => Steps } = {
  user: renameUser,
  group: bringGroup,
  permissionSet: bringPermissionSet,
};

/** Renames entries, and brings them up to date with it, so that none has what the file gives to another one. */
async function renameEntries<K extends RenamedKind>(
  { store, declared }: ReconcileOptions,
  renames: ReadonlyMap<string, string>,
  kind: K,
  changes: Changes,
): Promise<void> {
  for (const [key, id] of renames) {
    const stored = await findStored(store, kind, id);
    const [entry] = await declared.list(kind, { from: key, limit: 1 });
    if (stored !== undefined && entry !== undefined) await changes.add(RENAME[kind](stored, entry));
  }
}

async function bringEntries(
  { store, declared, versionOf }: ReconcileOptions,
  changes: Changes,
): Promise<void> {
  for (const [kind, bring] of [
    ['permissionSet', bringPermissionSet],
    ['account', bringAccount],
    ['group', bringGroup],
  ] as const) {
    for await (const pairs of mergeByKey(storedSide(store, kind), declaredSide(declared, kind))) {
      for (const { left, right } of pairs) {
        await changes.add(bring(left as never, right as never), right?.hasGivenId === false);
      }
    }
  }
  for await (const pairs of mergeByKey(storedSide(store, 'user'), declaredSide(declared, 'user'))) {
    for (const { left, right } of pairs) {
      await changes.add(bringUser(left, right, versionOf ?? (() => undefined)), right?.hasGivenId === false);
    }
  }
}

async function letEntriesGo({ store, declared }: ReconcileOptions, changes: Changes): Promise<void> {
  for (const kind of ['group', 'account', 'permissionSet'] as const) {
    for await (const pairs of mergeByKey(storedSide(store, kind), declaredSide(declared, kind))) {
      for (const { left, right } of pairs) {
        if (left !== undefined && right === undefined) await changes.letGo(kind, left);
      }
    }
  }
}

/** Collects steps, and makes changes of them. */
class Changes {
  readonly #options: ReconcileOptions & { readonly maxSteps: number };
  #revision: number;
  #steps: DirectoryStep[] = [];
  /** Whether a change was made, the first of which takes the digest away. */
  #hasBegun = false;
  #differences = 0;
  /** Ids in the steps that may be others. */
  readonly #freeIds = new Set<string>();
  readonly #newIds = {
    user: new Map(),
    group: new Map(),
    account: new Map(),
    permissionSet: new Map(),
  } satisfies {
    [K in NamedKind]: Map<string, string>;
  };
  readonly #namesOfLeaving = new Map<string, string>();
  readonly #handedOver: { kind: NamedKind; name: string }[] = [];

  constructor(options: ReconcileOptions & { readonly maxSteps: number }, revision: number) {
    this.#options = options;
    this.#revision = revision;
  }

  /** @param hasFreeId - whether what is added may have another id */
  async add(steps: Steps, hasFreeId = false): Promise<void> {
    const { maxSteps } = this.#options;
    if (this.#steps.length > 0 && this.#steps.length + steps.length > maxSteps) await this.#apply();
    this.#steps.push(...steps);
    if (!hasFreeId) return;
    for (const step of steps) {
      const id = added(step)?.id;
      if (id !== undefined) this.#freeIds.add(id);
    }
  }

  async letGo(kind: NamedKind, entry: { readonly id: string; readonly name: string }): Promise<void> {
    await this.add([{ kind: 'letGo', entry: { kind, id: entry.id } }]);
    this.#namesOfLeaving.set(entry.id, entry.name);
  }

  /** @returns the ids, with those that were made because an id that follows from a name was not free */
  idsWith(ids: IdsByKey): IdsByKey {
    const { user, group, account, permissionSet } = this.#newIds;
    return {
      user: new Map([...ids.user, ...user]),
      group: new Map([...ids.group, ...group]),
      account: new Map([...ids.account, ...account]),
      permissionSet: new Map([...ids.permissionSet, ...permissionSet]),
    };
  }

  /** Applies what was collected so far. */
  async flush(): Promise<void> {
    if (this.#steps.length > 0) await this.#apply();
  }

  async finish(): Promise<Reconciled> {
    await this.#apply(this.#options.digest);
    return { differences: this.#differences, handedOver: this.#handedOver };
  }

  async #apply(digest?: Uint8Array): Promise<void> {
    const { store, now, signal, onProgress } = this.#options;
    signal?.throwIfAborted();
    const steps = this.#steps;
    const outcome = await store.changeDirectory({
      ...{ source: 'file', actor: 'file', nowMs: now() },
      ifSourceRevision: this.#revision,
      ...(digest !== undefined ? { sourceDigest: digest } : !this.#hasBegun && { sourceDigest: null }),
      steps,
    });
    if (outcome.kind === 'refused') {
      this.#steps = this.#withOtherId(steps, outcome.step, outcome.conflict);
      return this.#apply(digest);
    }
    this.#hasBegun = true;
    this.#revision = outcome.sourceRevision;
    for (const [index, { did }] of outcome.results.entries()) {
      const step = steps[index];
      if (did !== 'handedOver' || step?.kind !== 'letGo') continue;
      const { kind, id } = step.entry;
      this.#handedOver.push({ kind, name: this.#namesOfLeaving.get(id) ?? id });
    }
    this.#differences += steps.length;
    this.#steps = [];
    this.#freeIds.clear();
    onProgress?.(this.#differences);
  }

  /** Gives what is added a random id, where the one that follows from its name belongs to another entry, or did once. */
  #withOtherId(steps: readonly DirectoryStep[], index: number, conflict: Conflict): DirectoryStep[] {
    const step = steps[index];
    const isAboutId = conflict.kind === 'spent' || (conflict.kind === 'taken' && conflict.what === 'id');
    const entry = step && added(step);
    if (!isAboutId || entry === undefined || !this.#freeIds.has(entry.id))
      throw new ReconcileConflict(conflict);
    const id = randomEntryId(entry.kind);
    this.#newIds[entry.kind].set(entry.key, id);
    return steps.with(index, entry.withId(id));
  }
}

interface Added {
  readonly kind: NamedKind;
  readonly key: string;
  readonly id: string;
  withId(id: string): DirectoryStep;
}

/** @returns what a step adds */
function added(step: DirectoryStep): Added | undefined {
  switch (step.kind) {
    case 'addUser': {
      const { id = '', userName } = step.user;
      return {
        ...{ kind: 'user', key: nameKey(userName), id },
        withId: (other) => ({ ...step, user: { ...step.user, id: other } }),
      };
    }
    case 'addGroup': {
      const { id = '', name } = step.group;
      return {
        ...{ kind: 'group', key: nameKey(name), id },
        withId: (other) => ({ ...step, group: { ...step.group, id: other } }),
      };
    }
    case 'addPermissionSet': {
      const { id = '', name } = step.permissionSet;
      return {
        ...{ kind: 'permissionSet', key: nameKey(name), id },
        withId: (other) => ({ ...step, permissionSet: { ...step.permissionSet, id: other } }),
      };
    }
    default:
      return undefined;
  }
}
