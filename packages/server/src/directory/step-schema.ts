import * as v from 'valibot';
import {
  accountEntries,
  groupEntries,
  permissionSetEntries,
  userEntries,
} from '../config/directory-schema.ts';
import { line } from '../config/setting-types.ts';
import type { DirectoryStep } from '../store/port/directory-change.ts';

// The values of a step have the forms that they have in the configuration file.

const userId = userEntries.id.wrapped;
const groupId = groupEntries.id.wrapped;
const accountId = accountEntries.id;
const permissionSetId = permissionSetEntries.id.wrapped;
const revision = v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(1)));
const sessionDurationSeconds = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(900, 'a session duration of at least 900 seconds'),
  v.maxValue(43_200, 'a session duration of at most 43200 seconds'),
);

const emails = v.pipe(
  v.array(
    v.strictObject({
      address: userEntries.email.wrapped,
      kind: v.exactOptional(line('What the address is for, such as work.', 64)),
      primary: v.boolean(),
    }),
  ),
  v.maxLength(20, 'at most 20 addresses'),
  v.check((all) => all.filter(({ primary }) => primary).length <= 1, 'at most one primary address'),
);

const userValues = {
  userName: userEntries.userName,
  displayName: userEntries.displayName.wrapped,
  emails,
  externalIds: userEntries.externalIds.wrapped,
  status: v.picklist(['enabled', 'disabled']),
};

const groupValues = {
  name: groupEntries.name,
  description: groupEntries.description,
  externalIds: groupEntries.externalIds.wrapped,
};

const accountValues = { name: accountEntries.name, email: accountEntries.email };

const permissionSetValues = {
  name: permissionSetEntries.name,
  description: permissionSetEntries.description,
  sessionDurationSeconds,
};

/** Absent: as before. `null`: removed. */
const removable = <Schema extends v.GenericSchema>({ wrapped }: { readonly wrapped: Schema }) =>
  v.exactOptional(v.nullable(wrapped));

const step = <const Kind extends string, const Entries extends v.ObjectEntries>(
  kind: Kind,
  entries: Entries,
) => v.strictObject({ kind: v.literal(kind), ...entries });

const membership = { userId, groupId };
const assignment = {
  principal: v.union([v.strictObject({ userId }), v.strictObject({ groupId })]),
  accountId,
  permissionSetId,
};
const passwordHash = userEntries.passwordHash.wrapped;

/**
 * The steps that a command may ask for. `letGo` and the `version` of a user are not among them: they belong to the file.
 *
 * @throws {v.ValiError} by `v.parse`; an issue says what was expected
 */
export const stepSchema = v.variant('kind', [
  step('addUser', {
    user: v.strictObject({
      ...userValues,
      id: userEntries.id,
      passwordHash: v.exactOptional(passwordHash),
    }),
  }),
  step('changeUser', {
    id: userId,
    ifRevision: revision,
    values: v.strictObject({
      userName: v.exactOptional(userValues.userName),
      displayName: v.exactOptional(userValues.displayName),
      emails: v.exactOptional(userValues.emails),
      externalIds: v.exactOptional(userValues.externalIds),
      status: v.exactOptional(userValues.status),
    }),
  }),
  step('setPassword', { userId, hash: v.nullable(passwordHash) }),
  step('blockUser', { userId }),
  step('unblockUser', { userId }),
  step('signOutEverywhere', { userId }),
  step('resetFactors', { userId }),
  step('removeUser', { id: userId }),
  step('addGroup', { group: v.strictObject({ ...groupValues, id: groupEntries.id }) }),
  step('changeGroup', {
    id: groupId,
    ifRevision: revision,
    values: v.strictObject({
      name: v.exactOptional(groupValues.name),
      description: removable(groupValues.description),
      externalIds: v.exactOptional(groupValues.externalIds),
    }),
  }),
  step('removeGroup', { id: groupId }),
  step('addMembership', membership),
  step('removeMembership', membership),
  step('addAccount', { account: v.strictObject({ ...accountValues, id: accountId }) }),
  step('changeAccount', {
    id: accountId,
    ifRevision: revision,
    values: v.strictObject({
      name: v.exactOptional(accountValues.name),
      email: removable(accountValues.email),
    }),
  }),
  step('removeAccount', { id: accountId }),
  step('addPermissionSet', {
    permissionSet: v.strictObject({ ...permissionSetValues, id: permissionSetEntries.id }),
  }),
  step('changePermissionSet', {
    id: permissionSetId,
    ifRevision: revision,
    values: v.strictObject({
      name: v.exactOptional(permissionSetValues.name),
      description: removable(permissionSetValues.description),
      sessionDurationSeconds: v.exactOptional(sessionDurationSeconds),
    }),
  }),
  step('removePermissionSet', { id: permissionSetId }),
  step('addAssignment', assignment),
  step('removeAssignment', assignment),
]) satisfies v.GenericSchema<unknown, DirectoryStep>;
