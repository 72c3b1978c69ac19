import { ApiFactory, AwsServiceError } from 'https://deno.land/x/aws_api@v0.8.1/client/mod.ts';
import { S3 } from 'https://deno.land/x/aws_api@v0.8.1/services/s3/mod.ts';

const s3 = new ApiFactory({
  fixedEndpoint: Deno.env.get('AWS_ENDPOINT_URL'),
  credentials: { region: 'us-east-1', awsAccessKeyId: 'AKIAEXAMPLE', awsSecretKey: 'secret' },
}).makeNew(S3);
const Bucket = 'drop-in-objects';
await s3.createBucket({ Bucket });
const empty = await s3.listObjectsV2({ Bucket });
await s3.putObject({ Bucket, Key: 'text', Body: 'hello' });
await s3.putObject({ Bucket, Key: 'bytes', Body: new Uint8Array([104, 105]) });
await s3.copyObject({ Bucket, Key: 'text copy', CopySource: `/${Bucket}/text` });
const found: string[] = [];
const { Contents } = await s3.listObjectsV2({ Bucket });
for (const { Key } of Contents) {
  const { Body, Metadata } = await s3.getObject({ Bucket, Key: Key! });
  found.push(`${Key}: ${await new Response(Body).text()} ${Object.keys(Metadata).length}`);
  await s3.deleteObject({ Bucket, Key: Key! });
}
const code = await s3.getObject({ Bucket, Key: 'none' }).catch((error) => {
  if (!(error instanceof AwsServiceError)) throw error;
  return [error.code, error.shortCode, typeof error.requestId];
});
await s3.deleteBucket({ Bucket });
console.log(JSON.stringify([empty.Contents.length, found, code]));
