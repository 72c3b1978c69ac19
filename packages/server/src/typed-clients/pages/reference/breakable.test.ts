import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { send } from '../../../http/testing/api.ts';
import { startWithModels } from '../../testing/pages.ts';
import { nameHeading } from './breakable.ts';

const latchkey = await startWithModels({});
after(() => latchkey.close());

const headings: Readonly<Record<string, string>> = {
  '/v0.4/docs/ssooidc/CreateTokenRequest': 'CreateToken<wbr>Request',
  '/v0.4/docs/ssooidc/SSOOIDC.startDeviceAuthorization': 'startDevice<wbr>Authorization',
  '/v0.4/docs/client/S3CompatibleEndpointResolver': 'S3Compatible<wbr>EndpointResolver',
  '/v0.4/services/ssooidc': 'SSOOIDC',
};

for (const [target, heading] of Object.entries(headings)) {
  test(`the heading of a page about a name wraps between words: ${target}`, async () => {
    const { text } = await send(latchkey, target, { headers: { accept: 'text/html' } });
    assert.equal(/<h1>(.*)<\/h1>/.exec(text)?.[1], heading);
  });
}

test('the heading of a long name has a place to break before each word that would not fit', () => {
  assert.equal(
    String(nameHeading('TransactionCanceledException')),
    '<h1>Transaction<wbr>Canceled<wbr>Exception</h1>',
  );
});
