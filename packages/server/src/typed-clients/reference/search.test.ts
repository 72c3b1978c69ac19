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

test('what is called just so comes first, in whatever case', () => {
  assert.equal(namesOf('createtokenrequest')[0], 'CreateTokenRequest');
  assert.equal(namesOf('createToken')[0], 'SSOOIDC.createToken');
  assert.equal(namesOf('CreateTokenRequest.clientId')[0], 'CreateTokenRequest.clientId');
});

test('all words are in what is found, in its name or in its text', () => {
  assert.ok(namesOf('token request clientid').includes('CreateTokenRequest.clientId'));
  assert.ok(namesOf('poll again').includes('AuthorizationPendingException'));
  assert.deepEqual(namesOf('poll zeppelin'), []);
});

test('a property is not found by the name of its symbol alone', () => {
  assert.ok(!namesOf('CreateTokenRequest').includes('CreateTokenRequest.clientId'));
});

test('a value of an enum is found by what it is', () => {
  assert.ok(namesOf('KMS_NotFoundException').includes('InvalidRequestExceptionReason.KMS_KEY_NOT_FOUND'));
});

test('no more than a hundred are shown, and how many there are is told', () => {
  const { entries, total } = search(index, 'e');
  assert.equal(entries.length, 100);
  assert.ok(total > 100);
});

test('nothing but spaces finds nothing', () => {
  assert.deepEqual(search(index, '  . '), { entries: [], total: 0 });
});
