import type { SigV4Crypto } from '@latchkey/wire/sigv4/crypto';
import { SigningKeys } from '@latchkey/wire/sigv4/signing-keys';
import type { ApiMetadata } from '../api-metadata.ts';
import type { ClientSettings } from '../client-settings.ts';
import { EndpointCache } from '../endpoints/endpoint-cache.ts';
import { clientEndpointParams } from '../endpoints/endpoint-params.ts';
import type { RateLimiter } from '../retry/rate-limiter.ts';
import { RetryQuota } from '../retry/retry-quota.ts';
import { platformCrypto } from '../signing/platform-crypto.ts';
import type { ClientContext } from './client-context.ts';
import { ServiceClock } from './service-clock.ts';
import { userAgent } from './user-agent.ts';

/** What a client resolves and loads before its first call, and keeps. */
export interface ServiceSetup {
  readonly settings: ClientSettings;
  readonly endpoints: EndpointCache;
  readonly userAgent: string;
  readonly quota: RetryQuota;
  readonly limiter: RateLimiter | undefined;
  readonly clock: ServiceClock;
  readonly signingKeys: SigningKeys;
  /** Faster hashes of the platform. Undefined: WebCrypto. */
  readonly crypto: SigV4Crypto | undefined;
}

/** @throws {ClientError} `badConfiguration` */
export async function setUpService(metadata: ApiMetadata, shared: ClientContext): Promise<ServiceSetup> {
  const [settings, crypto] = await Promise.all([shared.settingsOf(metadata.serviceId), platformCrypto()]);
  const params = clientEndpointParams(metadata.endpoints, settings, shared.options.endpointSettings);
  return {
    settings,
    crypto,
    endpoints: new EndpointCache(metadata.endpoints, params),
    userAgent: userAgent(metadata, settings.retryMode, settings.appId),
    quota: new RetryQuota(),
    limiter: await rateLimiter(settings, shared.clock.now()),
    clock: new ServiceClock(shared.clock),
    signingKeys: new SigningKeys(),
  };
}

async function rateLimiter({ retryMode }: ClientSettings, nowMs: number): Promise<RateLimiter | undefined> {
  if (retryMode !== 'adaptive') return undefined;
  const { RateLimiter } = await import('../retry/rate-limiter.ts');
  return new RateLimiter(nowMs);
}
