import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serviceReference } from '@latchkey/codegen';
import { findModels, readModel } from '@latchkey/smithy';
import { clientModuleOptions } from '../module-url.ts';
import { ownModels } from '../package-files.ts';
import { ReferenceIndex } from './reference-index.ts';
import { search } from './search.ts';

const file = (await findModels(ownModels)).find(({ sdkId }) => sdkId === 'SSO OIDC');
assert.ok(file);
const index = new ReferenceIndex(
  serviceReference(await readModel(file), file.serviceId, clientModuleOptions({ docs: 'full' })),
);
const namesOf = (query: string) => search(index, query).entries.map(({ name }) => name);

test('a search of the reference lists an exact name first, whatever its case', () => {
  assert.equal(namesOf('createtokenrequest')[0], 'CreateTokenRequest');
  assert.equal(namesOf('createToken')[0], 'SSOOIDC.createToken');
  assert.equal(namesOf('CreateTokenRequest.clientId')[0], 'CreateTokenRequest.clientId');
});

test('a search result of the reference has every word in its name or its text', () => {
  assert.ok(namesOf('token request clientid').includes('CreateTokenRequest.clientId'));
  assert.ok(namesOf('poll again').includes('AuthorizationPendingException'));
  assert.deepEqual(namesOf('poll zeppelin'), []);
});

test('a search of the reference by the name of a symbol does not list its properties', () => {
  assert.ok(!namesOf('CreateTokenRequest').includes('CreateTokenRequest.clientId'));
});

test('a search of the reference finds an enum member by its value', () => {
  assert.ok(namesOf('KMS_NotFoundException').includes('InvalidRequestExceptionReason.KMS_KEY_NOT_FOUND'));
});

test('a search of the reference returns at most a hundred results, and their total number', () => {
  const { entries, total } = search(index, 'e');
  assert.equal(entries.length, 100);
  assert.ok(total > 100);
});

test('a search of the reference for spaces and dots finds nothing', () => {
  assert.deepEqual(search(index, '  . '), { entries: [], total: 0 });
});
