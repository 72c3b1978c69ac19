import { ClientError } from '../client-error.ts';
import type { NamedProfile } from '../config-files/shared-config.ts';
import type { Credentials } from './credentials.ts';
import { assumeRole } from './services/assume-role.ts';
import { type Surroundings, sessionName, stsCallerOf } from './surroundings.ts';

/** Asks the person for the code that an MFA device shows. */
export type MfaCode = (serialNumber: string) => Promise<string>;

/** Assumes the role of a profile with the source credentials. */
export async function roleSession(
  profile: NamedProfile,
  source: Credentials,
  surroundings: Surroundings,
  mfaCode: MfaCode | undefined,
): Promise<Credentials> {
  const { name, values } = profile;
  const roleArn = values.get('role_arn') ?? '';
  const serialNumber = values.get('mfa_serial');
  if (serialNumber !== undefined && mfaCode === undefined) {
    const problem = `Cannot use profile "${name}": its role wants a code from the device "${serialNumber}" (mfa_serial), and the program gave no mfaCode to ask for it`;
    throw new ClientError('badConfiguration', problem);
  }
  const parameters = {
    RoleArn: roleArn,
    RoleSessionName: values.get('role_session_name') ?? sessionName(surroundings),
    ExternalId: values.get('external_id'),
    DurationSeconds: values.get('duration_seconds'),
    SerialNumber: serialNumber,
    TokenCode: serialNumber && (await mfaCode?.(serialNumber)),
  };
  return await assumeRole(parameters, { ...stsCallerOf(profile, surroundings), credentials: source });
}
