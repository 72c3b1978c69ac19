import type { ApiFactoryOptions } from '../api-factory-options.ts';
import type { Clock } from '../clock.ts';
import { toCredentialProvider, toCredentials } from '../credentials/accepted-forms.ts';
import type { ChainOptions } from '../credentials/chain-source.ts';
import type { CredentialProvider } from '../credentials/credentials.ts';
import { refreshing } from '../credentials/refreshing.ts';
import { environment } from '../platform/environment.ts';
import type { Identities } from './auth.ts';

export function identities(
  { credentials, credentialProvider, bearerToken, profile }: ApiFactoryOptions,
  clock: Clock,
  defaultCredentials: (options: ChainOptions) => CredentialProvider,
): Identities {
  return {
    credentials: provider(),
    areGiven: credentials !== undefined || credentialProvider !== undefined,
    bearerToken(signingName) {
      const token =
        bearerToken ?? environment(`AWS_BEARER_TOKEN_${signingName.toUpperCase().replace(/[ -]/g, '_')}`);
      return typeof token === 'string' ? () => token : token;
    },
  };

  function provider(): CredentialProvider | undefined {
    if (credentials === 'anonymous') return undefined;
    if (credentials !== undefined) {
      const fixed = Promise.resolve(toCredentials(credentials));
      return () => fixed;
    }
    const source =
      credentialProvider !== undefined
        ? toCredentialProvider(credentialProvider)
        : refreshing(defaultCredentials({ profile }));
    return (context) => source({ now: clock.now, ...context });
  }
}
