import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { send } from '../../http/testing/api.ts';
import { largeModel } from '../testing/large-model.ts';
import { startWithModels } from '../testing/pages.ts';

const latchkey = await startWithModels({ large: largeModel });
after(() => latchkey.close());

/** What a page may have: bytes beside its contents, bytes of its contents, and elements. */
interface Budget {
  readonly bytes: number;
  readonly contents: number;
  readonly elements: number;
}

const operation: Budget = { bytes: 60_000, contents: 40_000, elements: 2_500 };
const symbol: Budget = { bytes: 80_000, contents: 40_000, elements: 2_500 };

const KIND = 'DescribeResourceConfigurationOfKind';

const budgets: readonly (readonly [target: string, budget: Budget])[] = [
  ['/v0.4/docs/ssooidc/SSOOIDC.createToken', operation],
  ['/v0.4/docs/weatherreports/WEATHERReports.getCity', operation],
  [`/v0.4/docs/large/Large.describeResourceConfigurationOfKind7`, operation],
  [`/v0.4/docs/large/Large.describeResourceConfigurationOfKind399`, operation],
  ['/v0.4/docs/ssooidc/CreateTokenRequest', symbol],
  [`/v0.4/docs/large/${KIND}8Request`, symbol],
  ['/v0.4/docs/large/ConfigurationOfSomethingRatherLong999', symbol],
];

for (const [target, budget] of budgets) {
  test(`${target} keeps to its budget of bytes, elements and requests`, async () => {
    const { status, text } = await send(latchkey, target, { headers: { accept: 'text/html' } });
    assert.equal(status, 200);
    const [contents = ''] = /<nav class="contents".*?<\/nav>/s.exec(text) ?? [];
    assert.ok(contents !== '', 'it has contents');
    const size = Buffer.byteLength(text) - Buffer.byteLength(contents);
    const elements = text.match(/<[a-z]/g)?.length ?? 0;
    assert.ok(size <= budget.bytes, `${size} bytes beside the contents`);
    assert.ok(
      Buffer.byteLength(contents) <= budget.contents,
      `${Buffer.byteLength(contents)} bytes of contents`,
    );
    assert.ok(elements <= budget.elements, `${elements} elements`);
    // The icon is not counted: a browser keeps it for all pages, and asks for it after the page is shown.
    const loaded =
      text.match(/<link rel="stylesheet"|<script|<img|<iframe|<link rel="preload"/g)?.length ?? 0;
    assert.ok(1 + loaded <= 4, `${1 + loaded} requests`);
  });
}
