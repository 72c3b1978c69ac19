import type { Feature } from '../feature.ts';

const members = ['ChangeId', 'DelegationSetId', 'HostedZoneId', 'Id'];

/** Route 53: answers have ids such as `/hostedzone/Z1D633PJN98FT9`, but requests take only the last part. */
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
