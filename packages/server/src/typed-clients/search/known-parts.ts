import { keyOf } from './names.ts';
import type { SearchedService } from './search-entry.ts';
import { isVerb, withoutName } from './synonyms.ts';

/** Parts of the runtime by names that people have for them, by symbol and member. */
export const knownParts: Readonly<Record<string, readonly string[]>> = {
  'ApiFactoryOptions.retryMode': ['retry', 'retry mode', 'exponential backoff', 'backoff', 'retry strategy'],
  'ApiFactoryOptions.maxAttempts': ['max retry', 'retry count', 'number retry'],
  'ApiFactoryOptions.fixedEndpoint': ['custom endpoint', 'endpoint url', 'endpoint override', 'localstack'],
  'ApiFactoryOptions.timeoutMs': [
    'timeout',
    'client timeout',
    'http timeout',
    'request timeout',
    'call timeout',
  ],
  'ApiFactoryOptions.hooks': ['hook', 'call event'],
  'ApiFactoryOptions.agent': ['keep alive', 'http agent', 'connection pool'],
  'ApiFactoryOptions.endpointSettings': ['path style', 'force path style', 'accelerate endpoint'],
  'CallOptions.signal': [
    'abort signal',
    'abort controller',
    'abort request',
    'cancel request',
    'cancel call',
  ],
  defaultCredentialProvider: ['credential chain', 'default credential', 'credential provider chain'],
  fromProcess: ['credential process'],
  presignedUrl: [
    'presign',
    'presigned',
    'presigned url',
    'presigned link',
    'presigned upload',
    'presigned download',
    'signed url',
  ],
  presignedPost: [
    'presigned post',
    'post policy',
    'form upload',
    'upload form',
    'browser upload',
    'browser upload form',
    'html form',
  ],
  upload: [
    'large file',
    'large object',
    's3 upload',
    'upload s3',
    'parallel upload',
    'stream upload',
    'upload progress',
    'managed upload',
  ],
  download: [
    'download large file',
    'download large object',
    's3 download',
    'parallel download',
    'range download',
    'download progress',
    'resume download',
  ],
  documentClient: ['plain object', 'object mapper', 'document mapper'],
  marshall: ['dynamodb json', 'attribute value converter', 'convert attribute value'],
  batchWriteAll: ['bulk write', 'bulk insert', 'bulk delete', 'unprocessed item'],
  batchGetAll: ['bulk read', 'bulk get', 'unprocessed key'],
  expression: [
    'dynamodb expression',
    'expression builder',
    'expression template',
    'reserved word',
    'expression attribute name',
    'expression attribute value',
  ],
  Middleware: ['middleware', 'interceptor', 'middleware stack', 'request interceptor'],
  logging: ['logging middleware', 'request log', 'call log', 'client log'],
  openTelemetry: ['tracing middleware', 'open telemetry', 'otel', 'otel tracing'],
  metadataOf: ['response metadata', 'output metadata', 'response header', 'status code', 'request id'],
  FakeApiFactory: [
    'fake client',
    'fake answer',
    'mock',
    'mock client',
    'mock service',
    'stub',
    'stub client',
    'unit test',
    'test double',
  ],
  paginate: ['pagination', 'paginator'],
  waitFor: ['waiter'],
};

/** The longest names first. */
const parts = Object.entries(knownParts)
  .flatMap(([path, names]) => names.map((name) => ({ path, words: name.split(' ') })))
  .toSorted((a, b) => b.words.length - a.words.length);

/** @returns symbol and member of the part that words name, perhaps in the other number, beside verbs and names of services */
export function partIn(words: readonly string[], services: readonly SearchedService[]): string | undefined {
  const isService = (word: string) =>
    services.some(({ className, moduleName }) => word === moduleName || word === keyOf(className));
  return parts.find(({ words: named }) =>
    withoutName(words, named)?.every((word) => isVerb(word) || isService(word)),
  )?.path;
}
