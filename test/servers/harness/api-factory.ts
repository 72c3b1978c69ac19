import { ApiFactory, type ApiFactoryOptions } from '@latchkey/client';
import type { RunningServer } from './servers.ts';

/** Makes clients that send everything to the server. */
export function apiFactory({ url }: RunningServer, options: ApiFactoryOptions = {}): ApiFactory {
  return new ApiFactory({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    fixedEndpoint: url,
    ...options,
  });
}
