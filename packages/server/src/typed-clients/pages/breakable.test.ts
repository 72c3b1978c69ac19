import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { html, raw } from 'hono/html';
import { send } from '../../http/testing/api.ts';
import type { Html } from '../../web/html.ts';
import { startWithModels } from '../testing/pages.ts';
import { breakable, nameHeading, WIDE_LINE } from './breakable.ts';

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

const broken: Readonly<Record<string, string>> = {
  'no longer than a line': 'no longer than a line',
  '<a href="/ALongAddressThatIsNotTextAndNotBroken">short</a>':
    '<a href="/ALongAddressThatIsNotTextAndNotBroken">short</a>',
  ReturnValuesOnConditionCheckFailure: 'ReturnValuesOn<wbr>ConditionCheck<wbr>Failure',
  'Promise&lt;<a href="#">SelectObjectContentOutput</a>&gt;':
    'Promise&lt;<wbr><a href="#">SelectObjectContent<wbr>Output</a>&gt;',
  '<mark>Put</mark>.Return<mark>Item</mark>CollectionMetrics':
    '<mark>Put</mark>.<wbr>Return<mark>Item</mark>Collection<wbr>Metrics',
  'com.amazonaws.ssooidc#AWSSSOOIDCService': 'com.<wbr>amazonaws.<wbr>ssooidc#<wbr>AWSSSOOIDCService',
  '&quot;http://localhost:8484/v0.4/services/sso.ts?docs=full&amp;actions=Logout&quot;':
    '&quot;http://localhost:8484/<wbr class="wide">v0.4/<wbr class="wide">services/<wbr class="wide">sso.ts?docs=full<wbr class="wide">&amp;actions=Logout&quot;',
  'arn:aws:secretsmanager:region:account-number:secret:my-secret': [
    'arn:',
    'aws:',
    'secretsmanager:',
    'region:',
    'account-number:',
    'secret:',
    'my-secret',
  ].join('<wbr>'),
  'https://oidc-fips.us-east-1.amazonaws.com/token':
    'https://oidc-fips<wbr>.us-east-1<wbr>.amazonaws.com/<wbr>token',
  AWS_WEB_IDENTITY_TOKEN_FILE: 'AWS_WEB_IDENTITY_<wbr>TOKEN_FILE',
  '[src]<span class="spoken"> of CreateTokenRequest.codeVerifier</span>':
    '[src]<span class="spoken"> of CreateTokenRequest.codeVerifier</span>',
  '<pre class="source" tabindex="0">ReturnValuesOnConditionCheckFailure</pre>':
    '<pre class="source" tabindex="0">ReturnValuesOnConditionCheckFailure</pre>',
};

for (const [markup, expected] of Object.entries(broken)) {
  test(`long names wrap between their words, and markup stays as it is: ${markup}`, () => {
    assert.equal(String(breakable(raw(markup) as Html)), expected);
  });
}

test('what fits into a line of a wide window says of none of its places to break that it holds there, too', () => {
  const name = (length: number) => String(breakable(html`${'WordOf10Ch'.repeat(9).slice(0, length)}`));
  assert.match(name(WIDE_LINE), /<wbr>/);
  assert.doesNotMatch(name(WIDE_LINE), /class/);
  assert.match(name(WIDE_LINE + 1), /<wbr class="wide">/);
  assert.doesNotMatch(name(WIDE_LINE + 1), /<wbr>/);
});

test('places to break change nothing else of a page, whatever it says', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'aB9_.(<&"\'/#[] \n'), maxLength: 60 });
  fc.assert(
    fc.property(letters, letters, (one, other) => {
      const markup = html`<p title="${one}"><code>${one}<b>${other}</b></code> ${other}</p>`;
      assert.equal(String(breakable(markup)).replaceAll(/<wbr[^>]*>/g, ''), String(markup));
    }),
  );
});
