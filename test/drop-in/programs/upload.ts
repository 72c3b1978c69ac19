import { ApiFactory, EnvironmentCredentials } from 'https://aws-api.deno.dev/v0.5/client/mod.ts';
import { managedUpload } from 'https://aws-api.deno.dev/v0.5/extras/s3-upload.ts';
import { S3 } from 'https://aws-api.deno.dev/v0.5/services/s3.ts';

const s3 = new ApiFactory({
  credentialProvider: new EnvironmentCredentials('ELSEWHERE'),
  endpointResolver: {
    // As a service like S3 that has an account in place of a region.
    resolveUrl: ({ region, requestPath }) => ({
      url: new URL(requestPath, `${Deno.env.get('AWS_ENDPOINT_URL')}?account=${region}`),
      signingRegion: 'us-east-1',
    }),
  },
}).makeNew(S3);
const Bucket = 'drop-in-uploads';
await s3.createBucket({ Bucket });
const sizes: (number | null | undefined)[] = [];
for (const megabytes of [1, 11]) {
  const Body = new Blob([new Uint8Array(megabytes * 1_048_576)]).stream();
  await managedUpload(s3, { Bucket, Key: `${megabytes}`, Body });
  sizes.push((await s3.headObject({ Bucket, Key: `${megabytes}` })).ContentLength);
}
console.log(JSON.stringify(sizes));
