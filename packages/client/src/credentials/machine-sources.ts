import type { Source } from './chain-source.ts';

/** Sources that only a machine has: files, processes, metadata services. */
export const machineSources: readonly Source[] = [
  {
    name: 'Web identity token',
    load: async (options) => (await import('./from-web-identity.ts')).fromWebIdentity(options),
  },
  { name: 'Profile', load: async (options) => (await import('./from-ini.ts')).fromIni(options) },
  {
    name: 'Container',
    load: async (options) => (await import('./from-container.ts')).fromContainer(options),
  },
  {
    name: 'Instance metadata',
    load: async (options) => (await import('./from-instance-metadata.ts')).fromInstanceMetadata(options),
  },
];
