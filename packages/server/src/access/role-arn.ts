import { hash } from 'node:crypto';

/** A permission set in one account, as the role it stands for. */
export interface Role {
  readonly accountId: string;
  readonly permissionSetName: string;
}

/**
 * The name of a role, always the same: `AWSReservedSSO_<PermissionSet>_<16 hex>`. Tools read the permission set from
 * it.
 */
export function roleName(instanceId: string, { accountId, permissionSetName }: Role): string {
  const suffix = hash('sha256', `role ${instanceId} ${accountId} ${permissionSetName}`, 'hex').slice(0, 16);
  return `AWSReservedSSO_${permissionSetName}_${suffix}`;
}

/** The unique id of a role, as IAM writes it: `AROA` and 17 characters of base 32. */
export function roleId(instanceId: string, { accountId, permissionSetName }: Role): string {
  const bytes = hash('sha256', `role id ${instanceId} ${accountId} ${permissionSetName}`, 'buffer');
  return `AROA${base32(bytes).slice(0, 17)}`;
}

export function assumedRoleArn(accountId: string, role: string, session: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/${role}/${session}`;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * One character of the base-32 alphabet for each byte, by its low five bits. Not the base32 encoding: it cannot be
 * decoded.
 */
export function base32(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += BASE32.charAt(byte % 32);
  return text;
}
