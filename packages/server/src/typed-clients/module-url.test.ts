import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseModuleOptions, parseServiceName, renderModuleOptions } from './module-url.ts';

test('a module URL names a service, perhaps a version, and one of three extensions', () => {
  assert.deepEqual(parseServiceName('ssooidc.ts'), { name: 'ssooidc', extension: '.ts' });
  assert.deepEqual(parseServiceName('ssooidc.d.ts'), { name: 'ssooidc', extension: '.d.ts' });
  assert.deepEqual(parseServiceName('ssooidc@2019-06-10.js'), {
    name: 'ssooidc',
    version: '2019-06-10',
    extension: '.js',
  });
  assert.deepEqual(parseServiceName('ssooidc'), { name: 'ssooidc' });
});

test('a path that leads out of the services is not a service name', () => {
  for (const segment of ['../secret.ts', 'a/b.ts', '', '.ts', 'SSO OIDC.ts', 'sso%00.ts']) {
    assert.equal(parseServiceName(segment), undefined, segment);
  }
});

test('a value that a module option cannot have is refused with the values that exist', () => {
  assert.throws(() => parseModuleOptions('docs=long'), /docs cannot be "long".*none, short, full/);
  assert.throws(() => parseModuleOptions('longs=string'), /longs cannot be "string".*number or bigint/);
});

test('module options that do not exist are ignored, and empty ones count as absent', () => {
  const query = 'std_mod_root=x&includeOpts=yes&docs=&actions=&longs=&utm_source=y';
  assert.deepEqual(parseModuleOptions(query), { docs: 'short' });
});

test('the module option actions may be given as one list or several times', () => {
  assert.deepEqual(parseModuleOptions('actions=GetItem,Put*&actions=Query'), {
    docs: 'short',
    actions: ['GetItem', 'Put*', 'Query'],
  });
});

test('module options that are rendered as a query are parsed as the same options', () => {
  const options = fc.record(
    {
      docs: fc.constantFrom('none' as const, 'short' as const, 'full' as const),
      longs: fc.constant('bigint' as const),
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
