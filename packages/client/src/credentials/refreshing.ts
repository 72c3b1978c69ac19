import type { CredentialContext, CredentialProvider, Credentials } from './credentials.ts';

const refreshAheadMs = 5 * 60_000;
const retryAfterMs = 30_000;

/**
 * Caches a provider's credentials until five minutes before they expire. Callers that come while the provider is being
 * called wait for the same result. When it fails, the cached credentials are used while they are valid, and it is
 * called again after half a minute.
 */
export function refreshing(provider: CredentialProvider): CredentialProvider {
  let current: Credentials | undefined;
  let refreshAtMs = 0;
  let underWay: Promise<Credentials> | undefined;

  async function refresh(context: CredentialContext | undefined, now: () => number): Promise<Credentials> {
    try {
      current = await provider(context);
      const expiresAtMs = current.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
      refreshAtMs = Math.min(expiresAtMs, Math.max(expiresAtMs - refreshAheadMs, now() + retryAfterMs));
      return current;
    } catch (error) {
      const expiresAtMs = current?.expiration?.getTime() ?? 0;
      if (current === undefined || expiresAtMs <= now()) throw error;
      refreshAtMs = Math.min(now() + retryAfterMs, expiresAtMs);
      return current;
    } finally {
      underWay = undefined;
    }
  }

  return async (context) => {
    const now = context?.now ?? Date.now;
    if (current !== undefined && now() < refreshAtMs) return current;
    underWay ??= refresh(context, now);
    return underWay;
  };
}
