/** The largest page of each kind that AWS's models give, held to what every page must be. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import type { Browser } from 'playwright-core';
import { startLatchkey } from '../../packages/server/src/fixtures/start-latchkey.ts';
import { appearances, assertQuality, openWatchedPage } from '../browser/quality.ts';
import { launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { published } from '../search/index-all-models.ts';

const pages: Readonly<Record<string, string>> = {
  'list of services': '/v0.4/docs',
  'overview with the most shapes': '/v0.4/docs/sagemaker',
  'client with the most operations': '/v0.4/docs/connect/Connect',
  'client of QuickSight': '/v0.4/docs/quicksight/QuickSight',
  'operation with the most members': '/v0.4/docs/rds/RDS.createDBInstance',
  'operation with the most bindings': '/v0.4/docs/s3/S3.putObject',
  'wire with the most members': '/v0.4/docs/cloudfront/CloudFront.createDistribution/wire',
  'wire with the most bindings': '/v0.4/docs/s3/S3.putObject/wire',
  'interface with the most properties': '/v0.4/docs/securityhub/AwsSecurityFindingFilters',
  'interface with the most documentation': '/v0.4/docs/rds/CreateDBInstanceMessage',
  'enum with the most values': '/v0.4/docs/gamelift/EC2InstanceType',
  'error with the most documentation': '/v0.4/docs/dynamodb/TransactionCanceledException',
  'source of S3': '/v0.4/services/s3.ts?docs=full&lines=12001-14000',
  'source of the longest module': '/v0.4/services/quicksight.ts?docs=full',
  'options with the most operations': '/v0.4/services/sagemaker?actions=CreateModel',
};

const skip = skipWithoutBrowser || (!existsSync(published) && '../shared/api-models-aws is not here');
let browser: Browser;
let latchkey: Latchkey;

before(async () => {
  if (skip !== false) return;
  browser = await launchBrowser();
  latchkey = await startLatchkey({ settings: { models: [published] } });
});
after(async () => {
  await browser?.close();
  await latchkey?.close();
});

for (const { name, options } of appearances) {
  test(`the largest pages are accessible, fit and stand still: ${name}`, { skip }, async (t) => {
    const { page, takeComplaints } = await openWatchedPage(browser, options);
    for (const [kind, target] of Object.entries(pages)) {
      await t.test(kind, async () => {
        const answer = await page.goto(latchkey.url + target);
        assert.equal(answer?.status(), 200);
        assert.deepEqual(takeComplaints(), [], 'what the browser complains of');
        await assertQuality(page, `${kind}-${name}`, options);
      });
    }
    await page.context().close();
  });
}
