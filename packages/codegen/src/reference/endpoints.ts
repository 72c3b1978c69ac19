import type { EndpointParams, EndpointResolver } from '@latchkey/client/endpoints/endpoint';
import { EndpointError } from '@latchkey/client/endpoints/endpoint-error';
import type { EndpointReference } from './reference.ts';

/** Region of the example endpoints. Nearly all services are there. */
const region = 'us-east-1';

const ways: readonly (readonly [way: EndpointReference['way'], fips: boolean, dualStack: boolean])[] = [
  ['plain', false, false],
  ['dual-stack', false, true],
  ['FIPS', true, false],
];

/** Default endpoints of a service: plain, dual-stack and FIPS, as far as its rules have them. */
export function endpointsOf({ builtIns, defaults, resolve }: EndpointResolver): readonly EndpointReference[] {
  return ways.flatMap(([way, fips, dualStack]) => {
    const known: EndpointParams = {
      'AWS::Region': region,
      'AWS::UseFIPS': fips,
      'AWS::UseDualStack': dualStack,
    };
    const given = Object.entries(builtIns).map(([builtIn, name]) => [name, known[builtIn] ?? defaults[name]]);
    try {
      return [{ region, way, url: resolve({ ...defaults, ...Object.fromEntries(given) }).url.href }];
    } catch (error) {
      if (error instanceof EndpointError) return [];
      throw error;
    }
  });
}
