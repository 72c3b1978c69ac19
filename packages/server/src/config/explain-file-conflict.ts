import type { FileConflict } from '../directory/file/inspect-file.ts';

/** @returns why the file cannot be applied, and what to do */
export function explainFileConflict({ kind, key, what }: FileConflict): string {
  const subject = SUBJECTS[kind](key);
  if ('owner' in what) {
    return `${subject} is in the directory already, from "${what.owner}", and only its source changes it: take it out of the file, where members and assignments may name it all the same`;
  }
  if ('spentId' in what) {
    return `${subject} cannot have this id: it belonged to somebody who was removed, and is never given to a second person. Give another id, or none`;
  }
  if ('externalId' in what) {
    const { externalId, of, from } = what;
    return `${subject} cannot have the external id "${externalId.id}" of "${externalId.issuer}": ${kind} "${of}", from "${from}", has it. Take it away there first`;
  }
  return `${subject} cannot have this id: ids never change, and the directory has ${what.id} already`;
}

const SUBJECTS: { readonly [K in FileConflict['kind']]: (key: string) => string } = {
  user: (key) => `user "${key}"`,
  group: (key) => `group "${key}"`,
  account: (key) => `account "${key}"`,
  permissionSet: (key) => `permission set "${key}"`,
  membership: () => 'this membership',
  userAssignment: () => 'an assignment to a user that this makes',
  groupAssignment: () => 'an assignment to a group that this makes',
};
