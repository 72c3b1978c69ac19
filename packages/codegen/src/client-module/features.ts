import type { ClientInput } from './client-input.ts';

/** The ways of single services, by `sdkId`: a file below features/ of the runtime, and what it exports. */
const serviceFeatures: Readonly<Record<string, readonly [path: string, name: string]>> = {
  'API Gateway': ['features/api-gateway', 'apiGateway'],
  Glacier: ['features/glacier', 'glacier'],
  'Machine Learning': ['features/machine-learning', 'machineLearning'],
  'Route 53': ['features/route53', 'route53'],
  S3: ['features/s3', 's3'],
};

/** What only some services need of the runtime, as names in the module. A checksum is taken of the compressed body. */
export function featuresOf({ imports, operations, sdkId }: ClientInput): readonly string[] {
  const own = serviceFeatures[sdkId];
  return [
    ...(own === undefined ? [] : [own]),
    ...(operations.some(({ schema }) => schema.requestCompression) ? [requestCompression] : []),
    ...(operations.some(({ schema }) => schema.checksum) ? [httpChecksums] : []),
  ].map(([path, name]) => imports.use('value', name, path));
}

const requestCompression = ['features/request-compression', 'requestCompression'] as const;
const httpChecksums = ['features/http-checksums', 'httpChecksums'] as const;
