/** Providers of credentials that need a machine, each loaded when it is first asked for. */
export const machineProviders = {
  container: async () => (await import('./from-container.ts')).fromContainer,
  instanceMetadata: async () => (await import('./from-instance-metadata.ts')).fromInstanceMetadata,
  profile: async () => (await import('./from-profile-with-region.ts')).fromProfileWithRegion,
  webIdentity: async () => (await import('./from-web-identity.ts')).fromWebIdentity,
};
