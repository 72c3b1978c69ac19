import { hash } from 'node:crypto';

/** A permission set in one account, as the role it stands for. */
export interface Role {
  readonly accountId: string;
  readonly permissionSetName: string;
}

/** `AWSReservedSSO_<PermissionSet>_<16 hex>`: tools read the permission set from it. The same for the same role. */
export function roleName(instanceId: string, { accountId, permissionSetName }: Role): string {
  const suffix = hash('sha256', `role ${instanceId} ${accountId} ${permissionSetName}`, 'hex').slice(0, 16);
  return `AWSReservedSSO_${permissionSetName}_${suffix}`;
}

/** `AROA` and 17 of base 32: what IAM calls the role's unique id. */
export function roleId(instanceId: string, { accountId, permissionSetName }: Role): string {
  const bytes = hash('sha256', `role id ${instanceId} ${accountId} ${permissionSetName}`, 'buffer');
  return `AROA${base32(bytes).slice(0, 17)}`;
}

export function assumedRoleArn(accountId: string, role: string, session: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/${role}/${session}`;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Each byte gives the character of its low five bits; enough where only the alphabet matters. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += BASE32.charAt(byte % 32);
  return text;
}
