import { platform } from '../platform/platform.ts';
import { credentialChain } from './chain.ts';
import type { ChainOptions, Source } from './chain-source.ts';
import type { CredentialProvider } from './credentials.ts';
import { fromEnvironment } from './from-environment.ts';
import { machineSources } from './machine-sources.ts';

export type { ChainOptions } from './chain-source.ts';

const environment: Source = { name: 'Environment', load: async (options) => fromEnvironment(options) };

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
  const sources = chainFor(options).map(({ name, load }): [string, CredentialProvider] => {
    const source: CredentialProvider = async (context) => (await load(options))(context);
    return [name, source];
  });
  return credentialChain(Object.fromEntries(sources));
}

function chainFor({ profile }: ChainOptions): readonly Source[] {
  if (platform === 'web') return [environment];
  return profile === undefined ? [environment, ...machineSources] : machineSources.slice(1);
}
