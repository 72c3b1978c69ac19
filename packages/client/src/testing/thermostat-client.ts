import type { TestContext } from 'node:test';
import { ApiFactory } from '../api-factory.ts';
import type { ApiFactoryOptions } from '../api-factory-options.ts';
import type { ApiMetadata } from '../api-metadata.ts';
import type { ServiceClient } from '../service-client.ts';
import { thermostat } from './thermostat.ts';

export const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' };

/** A client of the thermostat service at a URL, closed after the test. */
export function thermostatClient(
  t: TestContext,
  url: string,
  options: ApiFactoryOptions = {},
  metadata: Partial<ApiMetadata> = {},
): ServiceClient {
  const factory = new ApiFactory({ region: 'eu-central-1', credentials, fixedEndpoint: url, ...options });
  t.after(() => factory.close());
  return factory.buildServiceClient({ ...thermostat, ...metadata });
}
