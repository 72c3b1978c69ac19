import { ClientError, type ClientErrorCode } from '../client-error.ts';
import { platform } from '../platform/platform.ts';
import type { CredentialProvider } from './credentials.ts';

const advice =
  platform === 'web'
    ? 'Pass credentials or a credentialProvider to the ApiFactory'
    : 'Sign in with "aws sso login", or pass credentials to the ApiFactory';

/**
 * Takes credentials from the first source that is configured. A source that is configured but fails ends the search: going on
 * would mean to act as somebody else.
 *
 * @param sources - by the names that a person would look for, in their order. One may be loaded when its turn comes
 * @throws {ClientError} `noCredentials`, with the reason of each source; `permissionDenied` where Deno may not look into
 *   one, with the reasons of the sources before it
 */
export function credentialChain(sources: Readonly<Record<string, CredentialProvider>>): CredentialProvider {
  return async (context) => {
    const reasons: string[] = [];
    for (const [name, source] of Object.entries(sources)) {
      try {
        return await source(context);
      } catch (error) {
        const denied = error instanceof ClientError && error.code === 'permissionDenied';
        const absent = error instanceof ClientError && error.code === 'noCredentials';
        if (!absent && !(denied && reasons.length > 0)) throw error;
        reasons.push(`  ${name}: ${error.message}`);
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
