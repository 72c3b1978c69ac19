import { randomUUID } from 'node:crypto';
import { nameKey } from '../../../directory/name-key.ts';
import { randomBytes } from '../../../keys/random.ts';
import type {
  AccountValues,
  Changed,
  GroupValues,
  PermissionSetValues,
  StepResult,
} from '../../port/directory-change.ts';
import { run, type SqlValue, type Work } from '../work.ts';
import { entryTables } from './entries.ts';
import { findEntry, idValue } from './entry-queries.ts';
import { saySame, withChanges } from './entry-values.ts';
import { writeExternalIds } from './external-ids.ts';
import { listReferences, refuseReferences, removeOwnReferences } from './references.ts';
import { entryRef, Refusal } from './refusal.ts';
import { getOwnEntry, type StepContext } from './step-context.ts';

/** What a group, an account and a permission set are declared with. */
interface ValuesOf {
  readonly group: GroupValues;
  readonly account: AccountValues;
  readonly permissionSet: PermissionSetValues;
}
type Kind = keyof ValuesOf;

/** How the steps differ by the kind of the entry. */
interface KindOfEntry<Values> {
  newId(): string;
  /** Whether only one entry may have a name. */
  readonly hasOwnName: boolean;
  /** The values alone, of an entry that has more. */
  pick(entry: Values): Values;
  /** Columns with their values, beside those that all kinds have. */
  columns(values: Values): Readonly<Record<string, SqlValue>>;
}

const kinds: { readonly [K in Kind]: KindOfEntry<ValuesOf[K]> } = {
  group: {
    newId: randomUUID,
    hasOwnName: true,
    pick: ({ name, description, externalIds }) => ({
      name,
      ...(description !== undefined && { description }),
      externalIds,
    }),
    columns: ({ description }) => ({ description: description ?? null }),
  },
  account: {
    newId: () => {
      throw new TypeError('Cannot add an account: it has no id');
    },
    hasOwnName: false,
    pick: ({ name, email }) => ({ name, ...(email !== undefined && { email }) }),
    columns: ({ email }) => ({ email: email ?? null }),
  },
  permissionSet: {
    newId: () => `ps-${randomBytes(8).toString('hex')}`,
    hasOwnName: true,
    pick: ({ name, description, sessionDurationSeconds }) => ({
      name,
      ...(description !== undefined && { description }),
      sessionDurationSeconds,
    }),
    columns: ({ description, sessionDurationSeconds }) => ({
      description: description ?? null,
      session_duration_seconds: sessionDurationSeconds,
    }),
  },
};

/** Adds a group, an account or a permission set, or takes one on again that the source has handed over. */
export function* addNamed<K extends Kind>(
  context: StepContext,
  kind: K,
  values: ValuesOf[K] & { readonly id?: string },
): Work<StepResult> {
  const { id = kinds[kind].newId(), name } = values;
  if (idValue(kind, id) === null) {
    throw new TypeError(`Cannot add a ${kind} with the id "${id}": a UUID in lower case is wanted`);
  }
  const by = kinds[kind].hasOwnName ? { nameKey: nameKey(name) } : { id };
  const present = yield* findEntry(context.dialect, kind, by);
  if (present?.handedOverBy === context.source) {
    yield* updateNamed(context, kind, present.id, values);
    return { id: present.id, did: 'changed' };
  }
  const holder = yield* findEntry(context.dialect, kind, { id });
  if (holder !== undefined) throw new Refusal({ kind: 'taken', what: 'id', by: entryRef(kind, holder) });
  yield* refuseTakenName(context, kind, { id, name });
  const columns = columnsOf(kind, values);
  const names = Object.keys(columns);
  yield* run(
    `INSERT INTO ${entryTables[kind].table} (id, revision, source, ${names.join(', ')})
     VALUES (?, 1, ?, ${names.map(() => '?').join(', ')})`,
    ...[idValue(kind, id), context.source, ...Object.values(columns)],
  );
  if ('externalIds' in values) yield* writeExternalIds(context, 'group', id, values.externalIds);
  return { id, did: 'added' };
}

/** Changes a group, an account or a permission set of the source. */
export function* changeNamed<K extends Kind>(
  context: StepContext,
  kind: K,
  step: { readonly id: string; readonly ifRevision?: number; readonly values: Changed<ValuesOf[K]> },
): Work<StepResult> {
  const { id } = step;
  const own = yield* getOwnEntry(context, kind, id, step.ifRevision);
  const before = kinds[kind].pick(own as unknown as ValuesOf[K]);
  const values = withChanges(before, step.values);
  if (saySame(values, before)) return { did: 'unchanged' };
  yield* refuseTakenName(context, kind, { id, name: values.name });
  yield* updateNamed(context, kind, id, values);
  return { did: 'changed' };
}

/** Writes what the source of the change says of an entry, which is its own from now on. */
function* updateNamed<K extends Kind>(
  context: StepContext,
  kind: K,
  id: string,
  values: ValuesOf[K],
): Work<void> {
  const columns = { ...columnsOf(kind, values), source: context.source, handed_over_by: null };
  const settings = Object.keys(columns).map((name) => `${name} = ?`);
  yield* run(
    `UPDATE ${entryTables[kind].table} SET revision = revision + 1, ${settings.join(', ')} WHERE id = ?`,
    ...[...Object.values(columns), idValue(kind, id)],
  );
  if ('externalIds' in values) yield* writeExternalIds(context, 'group', id, values.externalIds);
}

/** Removes a group, an account or a permission set of the source. */
export function* removeNamed(
  context: StepContext,
  kind: Kind,
  { id }: { readonly id: string },
): Work<StepResult> {
  const entry = yield* getOwnEntry(context, kind, id);
  yield* removeOwnReferences(context, kind, id);
  yield* refuseReferences(context, kind, entry);
  yield* deleteNamed(kind, id);
  return { did: 'removed' };
}

/** Removes what a source does not declare any more, or hands it over to `command` where others refer to it. */
export function* letNamedGo(context: StepContext, kind: Kind, id: string): Work<StepResult> {
  const { source } = context;
  yield* getOwnEntry(context, kind, id);
  yield* removeOwnReferences(context, kind, id);
  const references = yield* listReferences(context, kind, id);
  if (references.length === 0) {
    yield* deleteNamed(kind, id);
    return { did: 'removed' };
  }
  if (source === 'command') return { did: 'unchanged' };
  yield* run("INSERT INTO directory_source (name, revision) VALUES ('command', 0) ON CONFLICT DO NOTHING");
  yield* run(
    `UPDATE ${entryTables[kind].table}
     SET source = 'command', handed_over_by = ?, revision = revision + 1 WHERE id = ?`,
    ...[source, idValue(kind, id)],
  );
  return { did: 'handedOver' };
}

function* deleteNamed(kind: Kind, id: string): Work<void> {
  yield* run(`DELETE FROM ${entryTables[kind].table} WHERE id = ?`, idValue(kind, id));
}

function columnsOf<K extends Kind>(kind: K, values: ValuesOf[K]): Readonly<Record<string, SqlValue>> {
  return { name: values.name, name_key: nameKey(values.name), ...kinds[kind].columns(values) };
}

function* refuseTakenName<K extends Kind>(
  { dialect }: StepContext,
  kind: K,
  { id, name }: { readonly id: string; readonly name: string },
): Work<void> {
  if (!kinds[kind].hasOwnName) return;
  const holder = yield* findEntry(dialect, kind, { nameKey: nameKey(name) });
  if (holder !== undefined && holder.id !== id) {
    throw new Refusal({ kind: 'taken', what: 'name', by: entryRef(kind, holder) });
  }
}
