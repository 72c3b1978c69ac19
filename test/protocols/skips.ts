import type { ProtocolCase } from './case.ts';

const compression = 'compression of requests is not built yet';
const customization = 'customizations of single services are not built yet';
const emptyUnseen = 'what is empty cannot be told from what is absent where it is not sent';
const internalValues = 'schemas do not say which values of an enum are internal';

/** Cases that are not run, by id and perhaps the end, and why. */
const skips: Readonly<Record<string, string>> = {
  ApiGatewayAccept: customization,
  GlacierVersionHeader: customization,
  GlacierChecksums: customization,
  GlacierAccountId: customization,
  GlacierMultipartChecksums: customization,
  SDKAppliedContentEncoding_awsQuery: compression,
  SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery: compression,
  SDKAppliedContentEncoding_restJson1: compression,
  SDKAppendedGzipAfterProvidedEncoding_restJson1: compression,
  'QueryEmptyQueryMaps (server)': emptyUnseen,
  'RestJsonOmitsEmptyListQueryValues (server)': emptyUnseen,
  'RestJsonHttpWithEmptyStructurePayload (server)':
    'an empty document is a structure without members, not no structure',
  'RestJsonEndpointTraitWithHostLabel (server)':
    'has a body without a content type, which RestJsonWithBodyExpectsApplicationJsonContentTypeNoHeaders forbids',
  RestJsonClientPopulatesDefaultValuesInInput: 'a client leaves the defaults of its input to the server',
  RestJsonMalformedPatternReDOSString:
    'JavaScript expressions backtrack; patterns come with the model, whose author answers for them',
  RestJsonMalformedEnumString: internalValues,
  RestJsonMalformedEnumTraitString: internalValues,
  RestJsonMalformedEnumList: internalValues,
  RestJsonMalformedEnumMapKey: internalValues,
  RestJsonMalformedEnumMapValue: internalValues,
  RestJsonMalformedEnumUnion: internalValues,
};

/** Ends of protocols that are not built yet. */
const notBuilt = new Set([
  'restXml (client)',
  'restXml (server)',
  'awsQuery (client)',
  'ec2Query (client)',
  'ec2Query (server)',
  'awsJson1_0 (client)',
  'awsJson1_0 (server)',
  'awsJson1_1 (client)',
  'awsJson1_1 (server)',
  'rpcv2Cbor (client)',
  'rpcv2Cbor (server)',
]);

/** @returns why a case is not run; undefined when it is */
export function reasonToSkip({ kind, fields, service, end }: ProtocolCase): string | undefined {
  const built = `${service.protocol} (${end})`;
  if (notBuilt.has(built)) return `${built} is not built yet`;
  if (kind === 'eventStream') return 'event streams are not built yet';
  return skips[`${fields.id} (${end})`] ?? skips[fields.id];
}
