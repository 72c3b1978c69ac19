import type { ProtocolCase } from './case.ts';
import { canGenerate } from './generated-client.ts';

const compression = 'gives no body that a server could read';

/** Cases that are not run, by id and perhaps the kind and end, and why. */
const skips: Readonly<Record<string, string>> = {
  'SDKAppliedContentEncoding_awsQuery (server)': compression,
  'SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery (server)': compression,
  'SDKAppliedContentEncoding_awsJson1_1 (server)': compression,
  'SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1 (server)': compression,
  'SDKAppliedContentEncoding_ec2Query (server)': compression,
  'SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query (server)': compression,
  'SDKAppliedContentEncoding_restXml (server)': compression,
  'SDKAppendedGzipAfterProvidedEncoding_restXml (server)': compression,
  'SDKAppliedContentEncoding_restJson1 (server)': compression,
  'SDKAppendedGzipAfterProvidedEncoding_restJson1 (server)': compression,
  'InvalidGreetingError (error, server)': 'answers with a member that the model does not have',
  'AwsJson11IntEnums (response, server)': 'wants a header of requests in a response',
};

/** @returns why a case is not run; undefined when it is */
export function reasonToSkip({ kind, fields, end, source }: ProtocolCase): string | undefined {
  if (source && end === 'client' && kind === 'request' && !canGenerate(source))
    return 'there is no published model of S3, which has the rules of its endpoints';
  return skips[`${fields.id} (${kind}, ${end})`] ?? skips[`${fields.id} (${end})`] ?? skips[fields.id];
}
