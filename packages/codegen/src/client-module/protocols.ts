import {
  awsJson1_0Client,
  awsJson1_1Client,
  awsQueryClient,
  type ClientProtocolFactory,
  ec2QueryClient,
  type ProtocolName,
  restJson1Client,
  restXmlClient,
  rpcv2CborClient,
} from '@latchkey/wire';

/** Client side of a protocol: where modules import it from, and the protocol itself, with which operations are checked. */
export interface ModuleProtocol {
  /** Path of the runtime file, without extension. */
  readonly path: string;
  readonly name: string;
  readonly client: ClientProtocolFactory;
}

export const protocols: Readonly<Record<ProtocolName, ModuleProtocol>> = {
  restJson1: { path: 'protocols/rest-json1', name: 'restJson1', client: restJson1Client },
  awsJson1_0: { path: 'protocols/aws-json', name: 'awsJson1_0', client: awsJson1_0Client },
  awsJson1_1: { path: 'protocols/aws-json', name: 'awsJson1_1', client: awsJson1_1Client },
  awsQuery: { path: 'protocols/aws-query', name: 'awsQuery', client: awsQueryClient },
  ec2Query: { path: 'protocols/ec2-query', name: 'ec2Query', client: ec2QueryClient },
  restXml: { path: 'protocols/rest-xml', name: 'restXml', client: restXmlClient },
  rpcv2Cbor: { path: 'protocols/rpcv2-cbor', name: 'rpcv2Cbor', client: rpcv2CborClient },
};
