import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { send } from '../http/testing/api.ts';

/** Pages of the reference, and answers that no search engine should list. */
const reference = ['/v0.4/docs', '/v0.4/docs/sts', '/v0.4/docs/sts/STS.getCallerIdentity'];
const others = [
  '/v0.4/search?q=token',
  '/v0.4/services/sts',
  '/v0.4/services/sts.ts',
  '/v0.4/docs/nope',
  '/sign-in',
];

for (const searchEngines of [undefined, false, true]) {
  test(`what search engines may list when reference.searchEngines is ${searchEngines}`, async () => {
    await using latchkey = await startLatchkey(
      searchEngines === undefined ? {} : { settings: { reference: { searchEngines } } },
    );
    const refuses = async (target: string) => {
      const { headers, text } = await send(latchkey, target, { headers: { accept: 'text/html' } });
      return (
        headers.get('x-robots-tag') === 'noindex' || text.includes('<meta name="robots" content="noindex">')
      );
    };
    for (const target of reference) assert.equal(await refuses(target), searchEngines !== true, target);
    for (const target of others) assert.equal(await refuses(target), true, target);
  });
}
