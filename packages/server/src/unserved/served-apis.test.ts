import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ssoApi } from '../sso/api.ts';
import { ssoOidcApi } from '../sso-oidc/api.ts';
import { stsApi } from '../sts/api.ts';
import { unknownPathMessage, unservedMessage } from './served-apis.ts';

const apis = { 'sso-oidc': ssoOidcApi, sso: ssoApi, sts: stsApi };

for (const [name, { sdkId, service }] of Object.entries(apis)) {
  test(`the settings of clients that errors name for ${name} are named after the sdkId in its model`, () => {
    const model = new URL(`../../../../models/${name}.json`, import.meta.url);
    const { shapes } = JSON.parse(readFileSync(model, 'utf8'));
    const { traits } = shapes[`${service.namespace}#${service.name}`];
    assert.equal(traits['aws.api#service'].sdkId, sdkId);
  });
}

test('the caller of an API that is not here is told what is, and what to set', () => {
  const call = { form: 'awsJson1_1', target: 'SWBExternalService.ListInstances', service: 'sso' } as const;
  assert.equal(
    unservedMessage(call, Object.values(apis)),
    'Latchkey does not serve SWBExternalService.ListInstances (signed for "sso"): it serves SSO OIDC, ' +
      'SSO (the access portal) and STS. If AWS_ENDPOINT_URL sends the calls of every service here, set ' +
      'AWS_ENDPOINT_URL_SSO_OIDC, AWS_ENDPOINT_URL_SSO and AWS_ENDPOINT_URL_STS instead',
  );
});

test('the caller of an API that is here, but in another protocol, is told in which', () => {
  const target = 'AWSSecurityTokenServiceV20110615.GetCallerIdentity';
  assert.equal(
    unservedMessage({ form: 'rpcv2Cbor', target }, Object.values(apis)),
    `Latchkey serves STS in the protocol awsQuery alone: ${target} was called in rpcv2Cbor`,
  );
});

test('the caller of an unknown path is told the operations of the API whose paths begin alike', () => {
  assert.equal(
    unknownPathMessage({ method: 'GET', path: '/logout/all' }, [stsApi, ssoApi]),
    'No operation is called by GET /logout/all: GetRoleCredentials of SSO (the access portal) is GET ' +
      '/federation/credentials, ListAccountRoles of SSO (the access portal) is GET /assignment/roles, ListAccounts of ' +
      'SSO (the access portal) is GET /assignment/accounts, Logout of SSO (the access portal) is POST /logout. ' +
      'Latchkey serves STS and SSO (the access portal)',
  );
});
