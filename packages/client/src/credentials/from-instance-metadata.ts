import { ClientError } from '../client-error.ts';
import { settingsOf } from '../config-files/settings.ts';
import type { CredentialProvider } from './credentials.ts';
import { type MetadataAnswer, requestMetadata } from './metadata-request.ts';
import { parseKeys, parseObject } from './parse-keys.ts';
import type { ProfileOptions } from './provider-options.ts';
import { readSurroundings, type Surroundings } from './surroundings.ts';

const role = '/latest/meta-data/iam/security-credentials/';

/**
 * Gets the credentials of an EC2 instance's role from its metadata service, by IMDSv2 and never by IMDSv1. For a client that
 * has no region, also the region of the instance.
 */
export function fromInstanceMetadata(options: ProfileOptions = {}): CredentialProvider {
  return async (context) => {
    const surroundings = await readSurroundings(options, context);
    const setting = settingIn(surroundings);
    if (surroundings.env('AWS_EC2_METADATA_DISABLED')?.toLowerCase() === 'true') {
      throw new ClientError('noCredentials', 'AWS_EC2_METADATA_DISABLED is true');
    }
    const endpoint = endpointOf(setting);
    const timing = {
      timeoutMs: positive('metadata_service_timeout', setting) * 1000,
      attempts: positive('metadata_service_num_attempts', setting),
    };
    const ask = (method: 'GET' | 'PUT', path: string, headers: Readonly<Record<string, string>>) =>
      requestMetadata({ method, url: endpoint + path, headers, ...timing }, context);

    const absent = (problem: string, cause?: unknown) =>
      new ClientError('noCredentials', `${endpoint}: ${problem}`, { cause });
    const session = await ask('PUT', '/latest/api/token', {
      'x-aws-ec2-metadata-token-ttl-seconds': '21600',
    }).catch((error: unknown) => {
      const silent = error instanceof ClientError && error.code === 'connectionFailed';
      throw silent ? absent('no answer', error) : error;
    });
    if (session.status !== 200) throw absent(`it answered ${session.status} to a request for a token`);
    const headers = { 'x-aws-ec2-metadata-token': session.body };
    const roles = await ask('GET', role, headers);
    if (roles.status === 404) throw absent('the instance has no role');
    const [name = ''] = expectOk(roles).trim().split('\n');
    const answer = parseObject(expectOk(await ask('GET', role + name, headers)));
    const credentials = parseKeys(answer, 'Token');
    if (credentials === undefined) throw failed(`role "${name}": ${answer['Code'] ?? 'no keys'}`);
    if (context?.region !== undefined) return credentials;
    const region = await ask('GET', '/latest/meta-data/placement/region', headers);
    return region.status === 200 ? { ...credentials, region: region.body.trim() } : credentials;
  };
}

type Setting = (key: string) => string | undefined;

function settingIn({ env, config, chosen }: Surroundings): Setting {
  return settingsOf(env, config, [chosen]).value;
}

/** A setting that is a positive number. Default: 1. */
function positive(key: string, setting: Setting): number {
  const text = setting(key) ?? '1';
  if (Number(text) > 0) return Number(text);
  throw new ClientError('badConfiguration', `Cannot use ${key}: found "${text}", expected a number above 0`);
}

function endpointOf(setting: Setting): string {
  const given = setting('ec2_metadata_service_endpoint');
  if (given !== undefined) {
    if (URL.canParse(given)) return given.replace(/\/$/, '');
    throw new ClientError(
      'badConfiguration',
      `Cannot use ec2_metadata_service_endpoint: found "${given}", expected a URL such as http://169.254.169.254`,
    );
  }
  const mode = setting('ec2_metadata_service_endpoint_mode') ?? 'IPv4';
  switch (mode.toLowerCase()) {
    case 'ipv4':
      return 'http://169.254.169.254';
    case 'ipv6':
      return 'http://[fd00:ec2::254]';
    default:
      throw new ClientError(
        'badConfiguration',
        `Cannot use ec2_metadata_service_endpoint_mode: found "${mode}", expected IPv4 or IPv6`,
      );
  }
}

function expectOk({ status, body }: MetadataAnswer): string {
  if (status !== 200) throw failed(`it answered ${status}`);
  return body;
}

function failed(problem: string): ClientError {
  return new ClientError(
    'credentialsFailed',
    `Cannot get credentials from the instance metadata service: ${problem}`,
  );
}
