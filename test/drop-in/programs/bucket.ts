import { ApiFactory } from 'https://aws-api.deno.dev/latest/client/mod.ts';
import { type BucketLocationConstraint, S3 } from 'https://aws-api.deno.dev/latest/services/s3.ts';

const factory = new ApiFactory();
const s3 = factory.makeNew(S3);
const Bucket = 'drop-in-settings';
const region = await factory.determineCurrentRegion();
try {
  await s3.createBucket({
    Bucket,
    CreateBucketConfiguration:
      region === 'us-east-1' ? null : { LocationConstraint: region as BucketLocationConstraint },
  });
  await s3.waitForBucketExists({ Bucket });
} catch (error) {
  if ((error as { code?: string }).code !== 'BucketAlreadyOwnedByYou') throw error;
}
await s3.putBucketCors({
  Bucket,
  CORSConfiguration: {
    CORSRules: [
      { AllowedOrigins: ['example.com'], AllowedHeaders: [], AllowedMethods: ['GET'], ExposeHeaders: [] },
    ],
  },
});
const { CORSRules } = await s3.getBucketCors({ Bucket });
await s3.putBucketTagging({ Bucket, Tagging: { TagSet: [{ Key: 'made-by', Value: 'drop-in' }] } });
const { TagSet } = await s3.getBucketTagging({ Bucket });
await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
for (const Body of ['one', 'two'])
  await s3.putObject({ Bucket, Key: 'a/b', Body, ContentType: 'text/plain' });
const texts: string[] = [];
const { Versions, DeleteMarkers } = await s3.listObjectVersions({ Bucket, Delimiter: '/', Prefix: 'a/' });
for (const { VersionId } of Versions) {
  const { Body } = await s3.getObject({ Bucket, Key: 'a/b', VersionId });
  texts.push(await new Response(Body).text());
  await s3.deleteObject({ Bucket, Key: 'a/b', VersionId });
}
await s3.deleteBucket({ Bucket });
await s3.waitForBucketNotExists({ Bucket });
console.log(
  JSON.stringify([CORSRules[0]?.AllowedOrigins, TagSet.length, texts.sort(), DeleteMarkers.length]),
);
