import type { Feature } from '../feature.ts';

const members = ['ChangeId', 'DelegationSetId', 'HostedZoneId', 'Id'];

/** Route 53 answers with ids such as `/hostedzone/Z1D633PJN98FT9`, and wants them back without what stands before. */
export const route53: Feature = {
  input({ input }) {
    const plain: Record<string, unknown> = { ...input };
    for (const name of members) {
      const id = input[name];
      if (typeof id === 'string') plain[name] = id.replace(/^\/?(?:change|delegationset|hostedzone)\//, '');
    }
    return plain;
  },
};
