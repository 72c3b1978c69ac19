import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { send } from '../../../http/testing/api.ts';
import { idsOf, linksOf, startWithModels } from '../../testing/pages.ts';

const latchkey = await startWithModels();
after(() => latchkey.close());

for (const service of ['ssooidc', 'sso', 'sts', 'weatherreports', 'client']) {
  test(`every link of the reference of ${service} leads to a page, and to a place on it`, async () => {
    const pages = new Map<string, readonly string[]>();
    const broken: string[] = [];
    const places: { readonly from: string; readonly page: string; readonly id: string }[] = [];
    const waiting = [`/v0.4/docs/${service}`];
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      if (pages.has(target)) continue;
      const { status, text } = await send(latchkey, target, { headers: { accept: 'text/html' } });
      const ids = idsOf(text);
      pages.set(target, ids);
      if (status >= 400) broken.push(`${target}: ${status}`);
      const nested = text.split('</a>').filter((part) => (part.match(/<a\s/g) ?? []).length > 1);
      assert.deepEqual(nested, [], `${target} has a link in a link`);
      assert.equal(new Set(ids).size, ids.length, `${target} has an id twice`);
      const isOurs = target.startsWith(`/v0.4/docs/${service}`);
      for (const link of isOurs ? linksOf(text) : []) {
        const { hash, origin, pathname, search } = new URL(link, latchkey.url + target);
        if (origin !== latchkey.url) continue;
        const page = pathname + search;
        if (!pages.has(page)) waiting.push(page);
        if (hash !== '') places.push({ from: target, page, id: decodeURIComponent(hash.slice(1)) });
      }
    }
    const lost = places.filter(({ page, id }) => !pages.get(page)?.includes(id));
    assert.deepEqual(broken, []);
    assert.deepEqual(lost, []);
    assert.ok(places.length > 20);
  });
}

/** A page of each kind that gives members their names as ids. */
const pagesWithMembers: Readonly<Record<string, string>> = {
  '/v0.4/docs/ssooidc/CreateTokenRequest': 'interface',
  '/v0.4/docs/ssooidc/SlowDownException': 'error',
  '/v0.4/docs/ssooidc/InvalidRequestExceptionReason': 'enum',
  '/v0.4/docs/weatherreports/Rule': 'union',
  '/v0.4/docs/client/ApiFactory': 'class of the runtime',
};

for (const [target, kind] of Object.entries(pagesWithMembers)) {
  test(`what is around the members of a page has ids that no member can have: ${kind}`, async () => {
    const { text } = await send(latchkey, target, { headers: { accept: 'text/html' } });
    const members = Array.from(
      text.matchAll(/<(?:section class="member"|li) id="([^"]+)"/g),
      ([, id = '']) => id,
    );
    const others = idsOf(text).filter((id) => !members.includes(id));
    assert.ok(others.length > 2);
    assert.deepEqual(
      others.filter((id) => /^\w+$/.test(id)),
      [],
    );
  });
}
