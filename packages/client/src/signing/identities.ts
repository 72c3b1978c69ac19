import type { ApiFactoryOptions } from '../api-factory-options.ts';
import type { Clock } from '../clock.ts';
import { toCredentialProvider, toCredentials } from '../credentials/accepted-forms.ts';
import type { CredentialProvider } from '../credentials/credentials.ts';
import { defaultCredentialProvider } from '../credentials/default-chain.ts';
import { refreshing } from '../credentials/refreshing.ts';
import { environment } from '../platform/environment.ts';
import type { Identities } from './auth.ts';

export function identities(
  { credentials, credentialProvider, bearerToken, profile }: ApiFactoryOptions,
  clock: Clock,
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
        : refreshing(defaultCredentialProvider({ profile }));
    return (context) => source({ now: clock.now, ...context });
  }
}
