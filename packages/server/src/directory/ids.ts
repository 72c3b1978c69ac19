import { hash, randomBytes, randomUUID } from 'node:crypto';

/**
 * The id of a user whom a file declares: a UUID (version 8, RFC 9562) that follows from the instance id and the name key of
 * the user, so that it is the same after a database is lost.
 */
export function declaredUserId(instanceId: string, nameKey: string): string {
  return uuidFrom(`${instanceId} ${nameKey}`);
}

/** The id of a group that a file declares, made in the same way. */
export function declaredGroupId(instanceId: string, nameKey: string): string {
  return uuidFrom(`group ${instanceId} ${nameKey}`);
}

/** The id of a permission set that a file declares: `ps-` and 16 hex digits. */
export function declaredPermissionSetId(instanceId: string, nameKey: string): string {
  return `ps-${hash('sha256', `permission set ${instanceId} ${nameKey}`, 'hex').slice(0, 16)}`;
}

/** A random id, for what cannot have the one that follows from its name. */
export function randomEntryId(kind: 'user' | 'group' | 'account' | 'permissionSet'): string {
  return kind === 'permissionSet' ? `ps-${randomBytes(8).toString('hex')}` : randomUUID();
}

function uuidFrom(text: string): string {
  const hex = hash('sha256', text, 'hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
