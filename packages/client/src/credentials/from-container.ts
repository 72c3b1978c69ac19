import { ClientError } from '../client-error.ts';
import { type Environment, environmentOf } from '../config-files/variables.ts';
import { environmentHint } from '../platform/environment.ts';
import { readTextFile } from '../platform/files.ts';
import type { CredentialProvider } from './credentials.ts';
import { requestMetadata } from './metadata-request.ts';
import { parseKeys, parseObject } from './parse-keys.ts';
import type { ProviderOptions } from './provider-options.ts';

const relativeUri = 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI';
const fullUri = 'AWS_CONTAINER_CREDENTIALS_FULL_URI';
const token = 'AWS_CONTAINER_AUTHORIZATION_TOKEN';

/** Gets credentials from the agent of a container platform (ECS, EKS), whose URL is in environment variables. */
export function fromContainer(options: ProviderOptions = {}): CredentialProvider {
  return async (context) => {
    const env = environmentOf(options.env, options.overrides);
    const url = agentUrl(env);
    const authorization = await authorizationOf(env);
    const failed = (problem: string, cause?: unknown) =>
      new ClientError('credentialsFailed', `Cannot get credentials from ${url.href}: ${problem}`, { cause });
    const { status, body } = await requestMetadata(
      {
        url: url.href,
        headers: { accept: 'application/json', ...authorization },
        timeoutMs: 2000,
        attempts: 3,
      },
      context,
    ).catch((error: unknown) => {
      const silent = error instanceof ClientError && error.code === 'connectionFailed';
      throw silent ? failed('it does not answer', error) : error;
    });
    const answer = parseObject(body);
    const credentials = status === 200 ? parseKeys(answer, 'Token') : undefined;
    if (credentials !== undefined) return credentials;
    const { message = 'no credentials in it' } = answer;
    throw failed(`it answered ${status}: ${message}`);
  };
}

function agentUrl(env: Environment): URL {
  const relative = env(relativeUri);
  // Joined as text: resolved as a relative URL, it could lead to another host.
  if (relative !== undefined) return new URL(`http://169.254.170.2/${relative.replace(/^\//, '')}`);
  const full = env(fullUri);
  if (full === undefined) {
    throw new ClientError(
      'noCredentials',
      `${relativeUri} is not set${environmentHint(relativeUri, fullUri)}`,
    );
  }
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined || !isTrusted(url)) {
    const expected =
      'https, or http to this machine (127.0.0.0/8, [::1], localhost) or to the agent of ECS or EKS';
    throw new ClientError('badConfiguration', `Cannot use ${fullUri}: found "${full}", expected ${expected}`);
  }
  return url;
}

/** Whether the URL may be used. Without TLS, anyone on the way could read the answer and the token sent for it. */
function isTrusted({ protocol, hostname }: URL): boolean {
  const near = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost|169\.254\.170\.(2|23)|\[fd00:ec2::23\])$/;
  return protocol === 'https:' || (protocol === 'http:' && near.test(hostname));
}

async function authorizationOf(env: Environment): Promise<{ readonly authorization?: string }> {
  const file = env(`${token}_FILE`);
  const authorization = file === undefined ? env(token) : await readTextFile(file);
  if (file !== undefined && authorization === undefined) {
    throw new ClientError(
      'badConfiguration',
      `Cannot read the token for containers: "${file}" (${token}_FILE) is not there`,
    );
  }
  if (authorization === undefined) return {};
  if (/[\r\n]/.test(authorization)) {
    throw new ClientError('badConfiguration', `Cannot use the token for containers: it has line breaks`);
  }
  return { authorization };
}
