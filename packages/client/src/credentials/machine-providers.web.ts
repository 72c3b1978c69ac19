import { ClientError } from '../client-error.ts';

/** In browsers and Workers there is no machine: no files, no processes, no metadata services. */
async function unsupported(): Promise<never> {
  throw new ClientError(
    'unsupported',
    'Cannot get credentials from a machine here: pass them to the ApiFactory',
  );
}

export const machineProviders = {
  container: unsupported,
  instanceMetadata: unsupported,
  profile: unsupported,
  webIdentity: unsupported,
};
