import { GrantError } from '../grants/grant-error.ts';

/**
 * Refuses every client: only applications registered with the instance may call this, and there are none yet.
 *
 * @see com.amazonaws.ssooidc#CreateTokenWithIAM
 */
export function handleCreateTokenWithIam(): never {
  throw new GrantError(
    'unauthorized_client',
    'CreateTokenWithIAM is for registered applications, and this instance has none',
  );
}
