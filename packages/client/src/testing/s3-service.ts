import type { ApiMetadata } from '../api-metadata.ts';
import type { Endpoint, EndpointParams } from '../endpoints/endpoint.ts';
import { s3 } from '../features/s3.ts';
import { s3Streams } from '../features/s3-streams.ts';
import type { Operation } from '../operation.ts';
import { restXml } from '../protocols/rest-xml.ts';

/** S3's endpoints without its rules: bucket in the path of a custom endpoint, else in the host. */
function resolve({ Bucket, Endpoint: custom, Region }: EndpointParams): Endpoint {
  const bucket = typeof Bucket === 'string' ? Bucket : '';
  const url =
    typeof custom === 'string'
      ? `${custom}/${bucket}`
      : `https://${bucket && `${bucket}.`}s3.${String(Region)}.amazonaws.com`;
  return {
    url: new URL(url),
    authSchemes: [{ name: 'sigv4', signingName: 's3', disableDoubleEncoding: true }],
  };
}

export const s3Metadata: ApiMetadata = {
  serviceId: 'S3',
  service: { name: 'AmazonS3', namespace: 'com.amazonaws.s3', version: '2006-03-01', noErrorWrapping: true },
  signingName: 's3',
  protocol: restXml,
  endpoints: {
    defaults: {},
    builtIns: { 'AWS::Region': 'Region', 'SDK::Endpoint': 'Endpoint' },
    settings: [],
    resolve,
  },
  errors: {},
  features: [s3Streams, s3],
};

const text = { type: 'string' } as const;
const body = {
  target: { type: 'blob', traits: { streaming: true } },
  traits: { httpPayload: true },
} as const;
const place = {
  Bucket: { target: text, traits: { httpLabel: true, required: true } },
  Key: { target: text, traits: { httpLabel: true, required: true } },
} as const;
const common = {
  auth: ['sigv4'],
  errors: [],
  endpointParams: { Bucket: { member: 'Bucket' } },
  input: { type: 'structure', name: 'ObjectRequest', members: place },
  output: { type: 'structure', name: 'Nothing', members: {} },
} as const;

export const getObject: Operation = {
  ...common,
  name: 'GetObject',
  http: { method: 'GET', uri: '/{Bucket}/{Key+}?x-id=GetObject', code: 200 },
  output: { type: 'structure', name: 'GetObjectOutput', members: { Body: body } },
};

export const putObject: Operation = {
  ...common,
  name: 'PutObject',
  http: { method: 'PUT', uri: '/{Bucket}/{Key+}', code: 200 },
  input: {
    type: 'structure',
    name: 'PutObjectRequest',
    members: {
      ...place,
      Body: body,
      ContentLength: { target: { type: 'long' }, traits: { httpHeader: 'Content-Length' } },
      StorageClass: { target: text, traits: { httpHeader: 'x-amz-storage-class' } },
    },
  },
};

export const headObject: Operation = {
  ...common,
  name: 'HeadObject',
  http: { method: 'HEAD', uri: '/{Bucket}/{Key+}', code: 200 },
};

const copyResult = {
  target: { type: 'structure', name: 'CopyObjectResult', members: { ETag: { target: text } } },
  traits: { httpPayload: true },
} as const;

export const copyObject: Operation = {
  ...common,
  name: 'CopyObject',
  http: { method: 'PUT', uri: '/{Bucket}/{Key+}', code: 200 },
  output: { type: 'structure', name: 'CopyObjectOutput', members: { CopyObjectResult: copyResult } },
};
