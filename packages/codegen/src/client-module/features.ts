import type { OperationSchema } from '@latchkey/wire';
import { streamingMemberOf } from '@latchkey/wire/streaming';
import type { ClientInput } from './client-input.ts';

/** Features of single services, by `sdkId`: file in the runtime's folder features/, and name of the export. */
const serviceFeatures: Readonly<Record<string, readonly [path: string, name: string]>> = {
  'API Gateway': ['features/api-gateway', 'apiGateway'],
  Glacier: ['features/glacier', 'glacier'],
  'Machine Learning': ['features/machine-learning', 'machineLearning'],
  'Route 53': ['features/route53', 'route53'],
  S3: ['features/s3', 's3'],
  SQS: ['features/sqs', 'sqs'],
};

const measuredBody = ['features/measured-body', 'measuredBody'] as const;
const s3Streams = ['features/s3-streams', 's3Streams'] as const;
const sigv4a = ['features/sigv4a', 'sigv4a'] as const;
const requestCompression = ['features/request-compression', 'requestCompression'] as const;
const httpChecksums = ['features/http-checksums', 'httpChecksums'] as const;

/** Features that the module needs, as names in it. Compression comes before checksums, which cover the compressed body. */
export function featuresOf({ endpoints, imports, operations, sdkId }: ClientInput): readonly string[] {
  const own = serviceFeatures[sdkId];
  const schemas = operations.map(({ schema }) => schema);
  const signsWithSigV4a =
    schemas.some(({ auth }) => auth.includes('sigv4a')) || endpoints.expression.includes("'sigv4a'");
  return [
    ...(schemas.some(({ input }) => saysLength(input)) ? [measuredBody] : []),
    ...(sdkId === 'S3' && schemas.some(({ input }) => streamingMemberOf(input)) ? [s3Streams] : []),
    ...(own === undefined ? [] : [own]),
    ...(signsWithSigV4a ? [sigv4a] : []),
    ...(schemas.some((schema) => schema.requestCompression) ? [requestCompression] : []),
    ...(schemas.some((schema) => schema.checksum) ? [httpChecksums] : []),
  ].map(([path, name]) => imports.use('value', name, path));
}

/** Whether a caller may say how long the body is. */
function saysLength({ members }: OperationSchema['input']): boolean {
  return Object.values(members).some(({ traits }) => traits?.httpHeader?.toLowerCase() === 'content-length');
}
