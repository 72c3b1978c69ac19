import { ClientError, type ClientErrorCode } from '../client-error.ts';
import { platform } from '../platform/platform.ts';
import type { ChainOptions, Source } from './chain-source.ts';
import type { CredentialProvider } from './credentials.ts';
import { fromEnvironment } from './from-environment.ts';
import { machineSources } from './machine-sources.ts';

export type { ChainOptions } from './chain-source.ts';

const environment: Source = { name: 'Environment', load: async (options) => fromEnvironment(options) };

const advice =
  platform === 'web'
    ? 'Pass credentials or a credentialProvider to the ApiFactory'
    : 'Sign in with "aws sso login", or pass credentials to the ApiFactory';

/**
 * The first source that is configured: environment, web identity token, profile (role, sign-in, keys, process),
 * container, instance metadata. A program that names a profile wants that one, and not what the environment has.
 *
 * A source that is configured and fails ends the search: to go on would be to act as somebody else.
 *
 * @throws {ClientError} `noCredentials`, with why each source does not apply; `permissionDenied`, with the same of the
 *   sources before, where Deno may not look into one
 */
export function defaultCredentialProvider(options: ChainOptions = {}): CredentialProvider {
  const links = chainFor(options);
  return async (context) => {
    const reasons: string[] = [];
    for (const link of links) {
      try {
        return await (await link.load(options))(context);
      } catch (error) {
        const denied = error instanceof ClientError && error.code === 'permissionDenied';
        const absent = error instanceof ClientError && error.code === 'noCredentials';
        if (!absent && !(denied && reasons.length > 0)) throw error;
        reasons.push(`  ${link.name}: ${error.message}`);
        if (denied) throw notFound(error.code, reasons);
      }
    }
    throw notFound('noCredentials', reasons);
  };
}

function notFound(code: ClientErrorCode, reasons: readonly string[]): ClientError {
  const lines = ['Cannot find credentials:', ...reasons];
  // The reason of a denial says itself what to do.
  if (code !== 'permissionDenied') lines.push(advice);
  return new ClientError(code, lines.join('\n'));
}

function chainFor({ profile }: ChainOptions): readonly Source[] {
  if (platform === 'web') return [environment];
  return profile === undefined ? [environment, ...machineSources] : machineSources.slice(1);
}
