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
 * The default credential chain. Takes the first source that is configured: environment, web identity token, profile
 * (role, sign-in, keys, process), container, instance metadata. Where the program names a profile, the environment is
 * left out.
 *
 * A source that is configured but fails ends the search: going on would mean to act as somebody else.
 *
 * @throws {ClientError} `noCredentials`, with the reason of each source; `permissionDenied` where Deno may not look into
 *   one, with the reasons of the sources before it
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
  // The message of a denied permission already says what to do.
  if (code !== 'permissionDenied') lines.push(advice);
  return new ClientError(code, lines.join('\n'));
}

function chainFor({ profile }: ChainOptions): readonly Source[] {
  if (platform === 'web') return [environment];
  return profile === undefined ? [environment, ...machineSources] : machineSources.slice(1);
}
