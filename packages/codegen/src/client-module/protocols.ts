import type { ProtocolName } from '@latchkey/wire';

/** Where the runtime has the client end of each protocol, and what it exports it as. */
export const protocols: Readonly<Record<ProtocolName, { readonly path: string; readonly name: string }>> = {
  restJson1: { path: 'protocols/rest-json1', name: 'restJson1' },
  awsJson1_0: { path: 'protocols/aws-json', name: 'awsJson1_0' },
  awsJson1_1: { path: 'protocols/aws-json', name: 'awsJson1_1' },
  awsQuery: { path: 'protocols/aws-query', name: 'awsQuery' },
  ec2Query: { path: 'protocols/ec2-query', name: 'ec2Query' },
  restXml: { path: 'protocols/rest-xml', name: 'restXml' },
  rpcv2Cbor: { path: 'protocols/rpcv2-cbor', name: 'rpcv2Cbor' },
};
