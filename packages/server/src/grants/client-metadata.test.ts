import { test } from 'node:test';
import { createTestContext } from '../fixtures/test-context.ts';
import { checkClientMetadata } from './client-metadata.ts';
import { AUTHORIZATION_CODE, REFRESH_TOKEN } from './grant-types.ts';
import { assertRefused } from './testing/steps.ts';

const context = await createTestContext();

function check(change: object): void {
  checkClientMetadata(context, { clientName: 'a program', clientType: 'public', ...change });
}

const refusals: Readonly<
  Record<string, readonly [change: object, code: Parameters<typeof assertRefused>[1], RegExp]>
> = {
  'a client type that is not public (RFC 7591 section 3.2.2)': [
    { clientType: 'confidential' },
    'invalid_client_metadata',
    /"confidential" is not known; it must be "public"/,
  ],
  'a grant type that is not offered': [
    { grantTypes: [REFRESH_TOKEN, 'password'] },
    'unsupported_grant_type',
    /"password" is not offered; offered: urn:/,
  ],
  'the authorization code grant without a redirect URI': [
    { grantTypes: [AUTHORIZATION_CODE] },
    'invalid_redirect_uri',
    /at least one redirect URI/,
  ],
  'a redirect URI that is not safe': [
    { redirectUris: ['http://127.0.0.1/cb', 'http://example.com/cb'] },
    'invalid_redirect_uri',
    /http:\/\/example\.com\/cb/,
  ],
  'an issuer URL of another instance': [
    { issuerUrl: 'https://identitycenter.amazonaws.com/ssoins-0000000000000000' },
    'invalid_request',
    /ssoins-0000000000000000" is not one of this instance/,
  ],
  'an application, as there are none': [
    { entitledApplicationArn: 'arn:aws:sso::111122223333:application/ssoins-1/apl-1' },
    'invalid_request',
    /apl-1/,
  ],
  'more scopes than a token can carry, also where they are joined by spaces': [
    { scopes: [Array.from({ length: 26 }, (_, index) => `scope:${index}`).join(' ')] },
    'invalid_scope',
    /26 scopes.*at most 25/,
  ],
};
for (const [what, [change, code, reason]] of Object.entries(refusals)) {
  test(`registration refuses ${what}`, () => assertRefused(() => check(change), code, reason));
}
