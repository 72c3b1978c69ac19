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

/** The client end of each protocol. */
export const clients: Record<ProtocolName, ClientProtocolFactory> = {
  restJson1: restJson1Client,
  rpcv2Cbor: rpcv2CborClient,
  awsQuery: awsQueryClient,
  ec2Query: ec2QueryClient,
  restXml: restXmlClient,
  awsJson1_0: awsJson1_0Client,
  awsJson1_1: awsJson1_1Client,
};
