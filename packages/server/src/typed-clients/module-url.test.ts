import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseModuleOptions, parseServiceName, renderModuleOptions } from './module-url.ts';

test('a module is named by its service, with or without a version, in three forms', () => {
  assert.deepEqual(parseServiceName('ssooidc.ts'), { name: 'ssooidc', extension: '.ts' });
  assert.deepEqual(parseServiceName('ssooidc.d.ts'), { name: 'ssooidc', extension: '.d.ts' });
  assert.deepEqual(parseServiceName('ssooidc@2019-06-10.js'), {
    name: 'ssooidc',
    version: '2019-06-10',
    extension: '.js',
  });
  assert.deepEqual(parseServiceName('ssooidc'), { name: 'ssooidc' });
});

test('what leads out of the services is no name', () => {
  for (const segment of ['../secret.ts', 'a/b.ts', '', '.ts', 'SSO OIDC.ts', 'sso%00.ts']) {
    assert.equal(parseServiceName(segment), undefined, segment);
  }
});

test('an option that means nothing is refused with what may stand there', () => {
  assert.throws(() => parseModuleOptions('docs=long'), /docs cannot be "long".*none, short, full/);
  assert.throws(() => parseModuleOptions('action=GetItem'), /no option "action".*docs and actions/);
});

test('actions may be given in one list or several', () => {
  assert.deepEqual(parseModuleOptions('actions=GetItem,Put*&actions=Query'), {
    docs: 'none',
    actions: ['GetItem', 'Put*', 'Query'],
  });
  assert.deepEqual(parseModuleOptions('actions='), { docs: 'none' });
});

test('rendered options are read as the same options', () => {
  const options = fc.record(
    {
      docs: fc.constantFrom('none' as const, 'short' as const, 'full' as const),
      actions: fc.array(fc.stringMatching(/^[A-Za-z0-9*+&%]{1,12}$/), { minLength: 1, maxLength: 4 }),
    },
    { requiredKeys: ['docs'] },
  );
  fc.assert(
    fc.property(options, (wanted) => {
      assert.deepEqual(parseModuleOptions(renderModuleOptions(wanted).slice(1)), { ...wanted });
    }),
  );
});
