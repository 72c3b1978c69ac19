import type { ClientInput } from './client-input.ts';

/** The ways of single services, by `sdkId`: a file below features/ of the runtime, and what it exports. */
const serviceFeatures: Readonly<Record<string, readonly [path: string, name: string]>> = {
  'API Gateway': ['features/api-gateway', 'apiGateway'],
  Glacier: ['features/glacier', 'glacier'],
  'Machine Learning': ['features/machine-learning', 'machineLearning'],
  'Route 53': ['features/route53', 'route53'],
  S3: ['features/s3', 's3'],
};

const sigv4a = ['features/sigv4a', 'sigv4a'] as const;
const requestCompression = ['features/request-compression', 'requestCompression'] as const;
const httpChecksums = ['features/http-checksums', 'httpChecksums'] as const;

/** What only some services need of the runtime, as names in the module. A checksum is taken of the compressed body. */
export function featuresOf({ endpoints, imports, operations, sdkId }: ClientInput): readonly string[] {
  const own = serviceFeatures[sdkId];
  const schemas = operations.map(({ schema }) => schema);
  const signsWithSigV4a =
    schemas.some(({ auth }) => auth.includes('sigv4a')) || endpoints.expression.includes("'sigv4a'");
  return [
    ...(own === undefined ? [] : [own]),
    ...(signsWithSigV4a ? [sigv4a] : []),
    ...(schemas.some((schema) => schema.requestCompression) ? [requestCompression] : []),
    ...(schemas.some((schema) => schema.checksum) ? [httpChecksums] : []),
  ].map(([path, name]) => imports.use('value', name, path));
}
