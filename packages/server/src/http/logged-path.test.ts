import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pathLogger } from './logged-path.ts';

const render = pathLogger(['/', '/token', '/federation/credentials', '/v0.4/services/*', '/start/']);

for (const [path, logged] of [
  ['/', '/'],
  ['/token', '/token'],
  ['/start/', '/start/'],
  ['/federation/credentials', '/federation/credentials'],
  ['/federation/credentials/lk_at_AAAA', '/federation/credentials/***'],
  ['/sso/token', '/***/token'],
  ['/v0.4/services/BCDF-GHJK.ts', '/v0.4/services/***'],
  ['/alice/correct-horse/battery/token/staple', '/***/token/***'],
  ['/TOKEN', '/***'],
  ['*', '*'],
  ['//token', '//token'],
] as const) {
  test(`the path ${path} is logged as ${logged}`, () => {
    assert.equal(render(path), logged);
  });
}

test('no path puts into the log what is not in the paths of the server', () => {
  const segment = fc.oneof(fc.string(), fc.constantFrom('token', 'federation', 'v0.4', '', '*'));
  fc.assert(
    fc.property(fc.array(segment), (segments) => {
      const words = render(`/${segments.join('/')}`).split('/');
      for (const word of words) {
        assert.ok(
          ['', '***', '*', 'token', 'federation', 'credentials', 'v0.4', 'services', 'start'].includes(word),
          word,
        );
      }
    }),
  );
});
