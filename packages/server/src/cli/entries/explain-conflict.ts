import type { CommandDirectory } from '../../control/command-directory.ts';
import type { DirectorySource, EntryKind } from '../../store/port/directory.ts';
import type { Conflict, DirectoryStep, EntryRef } from '../../store/port/directory-change.ts';
import { commandOf, kindNames } from './find-entry.ts';
import { findName, locateDeclaration } from './locate-declaration.ts';

const words: Readonly<Record<EntryKind, string>> = {
  ...kindNames,
  membership: 'membership',
  userAssignment: 'assignment',
  groupAssignment: 'assignment',
};

/** @returns why a change was refused, whose entry is in the way, and what to do */
export async function explainConflict(
  directory: CommandDirectory,
  conflict: Conflict,
  step?: DirectoryStep,
): Promise<string> {
  switch (conflict.kind) {
    case 'owned':
      return explainOwned(directory, conflict, step);
    case 'taken':
      return explainTaken(directory, conflict);
    case 'spent':
      return `The id ${conflict.id} was that of an entry that was removed, and no id is given twice: leave the id out, and a new one is made`;
    case 'referredTo': {
      const { entry, by } = conflict;
      const referring = await Promise.all(by.map((each) => nameWithSource(directory, each)));
      return `${capitalize(nameOfRef(entry))} cannot be removed, because entries of other sources refer to it: ${referring.join('; ')}. Remove these where they come from first`;
    }
    case 'missing':
      return explainMissing(conflict);
    case 'outdated':
      return 'The entry was changed by somebody else meanwhile; nothing was changed. Look at it, and try again';
  }
}

function explainMissing({ what, id }: Extract<Conflict, { kind: 'missing' }>): string {
  if (what === 'membership') return 'There is no such membership: the person is no member of the group';
  if (what === 'userAssignment' || what === 'groupAssignment') {
    return 'There is no such assignment: `latchkey assign list` lists what there is';
  }
  return `There is no ${words[what]} ${id} any more: \`latchkey ${commandOf[what]} list\` lists what there is`;
}

async function explainOwned(
  directory: CommandDirectory,
  { entry, what }: Extract<Conflict, { kind: 'owned' }>,
  step: DirectoryStep | undefined,
): Promise<string> {
  const name = nameOfRef(entry);
  const subject = what === 'password' ? `The password of ${name}` : capitalize(name);
  const owner = await describeOwner(directory, entry);
  const instead =
    entry.kind === 'user' && what === undefined && endsAccess(step)
      ? `. To end the access of this person whatever the source says: \`latchkey user block ${entry.name ?? entry.id}\``
      : '';
  return `${subject} ${owner}: only there can it be changed${instead}`;
}

/** Whether a step was meant to end somebody's access. */
function endsAccess(step: DirectoryStep | undefined): boolean {
  return step?.kind === 'removeUser' || (step?.kind === 'changeUser' && step.values.status === 'disabled');
}

async function explainTaken(
  directory: CommandDirectory,
  { what, by }: Extract<Conflict, { kind: 'taken' }>,
): Promise<string> {
  const name = nameOfRef(by);
  const owner = await describeOwner(directory, by);
  if (what === 'id') return `The id is taken: it is that of the ${name}, which ${owner}`;
  if (what === 'externalId') return `The external id is taken: it is that of the ${name}, which ${owner}`;
  return `There is a ${name} already, which ${owner}`;
}

async function nameWithSource(directory: CommandDirectory, entry: EntryRef): Promise<string> {
  return `${await describeRef(directory, entry)}, which ${await describeOwner(directory, entry)}`;
}

/** An entry, or a membership or an assignment by the names in it. */
async function describeRef(directory: CommandDirectory, entry: EntryRef): Promise<string> {
  const [first = '', second = '', third = ''] = entry.id.split(' ');
  switch (entry.kind) {
    case 'membership': {
      const user = await findName(directory, 'user', first);
      return `the membership of ${user} in ${await findName(directory, 'group', second)}`;
    }
    case 'userAssignment':
    case 'groupAssignment': {
      const principal = await findName(directory, entry.kind === 'userAssignment' ? 'user' : 'group', first);
      const role = await findName(directory, 'permissionSet', third);
      return `the assignment of ${role} in ${second} to ${principal}`;
    }
    default:
      return nameOfRef(entry);
  }
}

async function describeOwner(directory: CommandDirectory, entry: EntryRef): Promise<string> {
  return entry.source === 'file'
    ? `is declared in ${await locateDeclaration(directory, entry)}`
    : `was made by ${describeSource(entry.source)}`;
}

/** A source in words. */
export function describeSource(source: DirectorySource): string {
  const [kind, id] = source.split(/:(.*)/s);
  switch (kind) {
    case 'file':
      return 'the configuration file';
    case 'command':
      return 'a command';
    case 'page':
      return 'a page of the server';
    case 'provisioning':
      return `provisioning (${id})`;
    default:
      return `the identity provider ${id}`;
  }
}

function nameOfRef({ kind, id, name }: EntryRef): string {
  return `${words[kind]} "${name ?? id}"`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
