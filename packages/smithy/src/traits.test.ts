import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  EnumShape,
  Member,
  OperationShape,
  ServiceShape,
  SimpleShape,
  StructureShape,
  TraitMap,
} from './shape.ts';
import {
  awsQueryErrorTrait,
  awsServiceTrait,
  boundsTrait,
  choiceTrait,
  enumValues,
  errorTrait,
  hasTrait,
  httpTrait,
  internalEnumValues,
  sigv4Name,
  stringTrait,
  xmlNamespaceTrait,
} from './traits.ts';

const id = 'example.shop#It';
const string = (traits: TraitMap): SimpleShape => ({ id, type: 'string', traits });
const structure = (traits: TraitMap): StructureShape => ({
  id,
  type: 'structure',
  members: new Map(),
  traits,
});
const operation = (traits: TraitMap): OperationShape => ({
  id,
  type: 'operation',
  input: '',
  output: '',
  errors: [],
  traits,
});
const service = (traits: TraitMap): ServiceShape => ({
  id,
  type: 'service',
  version: '',
  operations: [],
  resources: [],
  errors: [],
  rename: new Map(),
  traits,
});
const enumeration = (type: EnumShape['type'], values: Readonly<Record<string, TraitMap>>): EnumShape => ({
  id,
  type,
  members: new Map(
    Object.entries(values).map(([name, traits]): [string, Member] => [
      name,
      { id: `${id}$${name}`, name, target: 'smithy.api#Unit', traits },
    ]),
  ),
  traits: {},
});

function refuses(read: () => unknown, reason: string): void {
  assert.throws(read, { name: 'ModelError', message: `Invalid shape "${id}": ${reason}` });
}

test('a trait is there or not, whatever its value', () => {
  assert.equal(hasTrait(string({ 'smithy.api#required': {} }), 'smithy.api#required'), true);
  assert.equal(hasTrait(string({}), 'smithy.api#required'), false);
});

test('a trait of text is read, or refused when it is no text', () => {
  const trait = 'smithy.api#documentation';
  assert.equal(stringTrait(string({ [trait]: 'Words.' }), trait), 'Words.');
  assert.equal(stringTrait(string({}), trait), undefined);
  refuses(
    () => stringTrait(string({ [trait]: 1 }), trait),
    `trait ${trait}: is the number 1, must be a string`,
  );
});

test('a trait of few values is refused when it has another', () => {
  const trait = 'smithy.api#timestampFormat';
  assert.equal(choiceTrait(string({ [trait]: 'date-time' }), trait, ['date-time']), 'date-time');
  refuses(
    () => choiceTrait(string({ [trait]: 'iso' }), trait, ['date-time', 'http-date']),
    `trait ${trait}: is "iso", must be one of date-time, http-date`,
  );
});

test('bounds may be given on one side or both', () => {
  const bounds = (value: TraitMap) =>
    boundsTrait(string({ 'smithy.api#length': value }), 'smithy.api#length');
  assert.deepEqual(bounds({ min: 1 }), { min: 1 });
  assert.deepEqual(bounds({ min: 1, max: 2 }), { min: 1, max: 2 });
  assert.equal(boundsTrait(string({}), 'smithy.api#range'), undefined);
  refuses(() => bounds({ max: '2' }), 'max of trait smithy.api#length: is the string "2", must be a number');
});

test('an operation answers 200 unless its http trait says otherwise', () => {
  const http = (value: TraitMap) => httpTrait(operation({ 'smithy.api#http': value }));
  assert.deepEqual(http({ method: 'GET', uri: '/' }), { method: 'GET', uri: '/', code: 200 });
  assert.deepEqual(http({ method: 'PUT', uri: '/', code: 201 }), { method: 'PUT', uri: '/', code: 201 });
  refuses(() => http({ method: 'GET' }), 'uri of trait smithy.api#http: is missing, must be a string');
});

test('an error answers 400 for the client and 500 for the server unless it says otherwise', () => {
  assert.deepEqual(errorTrait(structure({ 'smithy.api#error': 'client' })), { fault: 'client', status: 400 });
  assert.deepEqual(errorTrait(structure({ 'smithy.api#error': 'server' })), { fault: 'server', status: 500 });
  assert.deepEqual(errorTrait(structure({ 'smithy.api#error': 'client', 'smithy.api#httpError': 404 })), {
    fault: 'client',
    status: 404,
  });
  refuses(() => errorTrait(structure({})), 'trait smithy.api#error: is missing');
});

test('an error of the query protocol may have a code and a status of its own', () => {
  const trait = { 'aws.protocols#awsQueryError': { code: 'Gone', httpResponseCode: 410 } };
  assert.deepEqual(awsQueryErrorTrait(structure(trait)), { code: 'Gone', status: 410 });
  assert.equal(awsQueryErrorTrait(structure({})), undefined);
});

test('a service has the names that AWS gives it', () => {
  const named = service({
    'aws.auth#sigv4': { name: 'sso-oauth' },
    'aws.api#service': { sdkId: 'SSO OIDC' },
  });
  assert.equal(sigv4Name(named), 'sso-oauth');
  const docId = `sso-oidc-${named.version}`;
  assert.deepEqual(awsServiceTrait(named), { sdkId: 'SSO OIDC', arnNamespace: 'it', docId });
  const own = service({ 'aws.api#service': { sdkId: 'CloudWatch', docId: 'monitoring-2010-08-01' } });
  assert.equal(awsServiceTrait(own)?.docId, 'monitoring-2010-08-01');
  assert.equal(sigv4Name(service({})), undefined);
  assert.equal(awsServiceTrait(service({})), undefined);
});

test('an XML namespace may have a prefix', () => {
  const namespace = (value: TraitMap) => xmlNamespaceTrait(structure({ 'smithy.api#xmlNamespace': value }));
  assert.deepEqual(namespace({ uri: 'https://example.com/' }), { uri: 'https://example.com/' });
  assert.deepEqual(namespace({ uri: 'https://example.com/', prefix: 'e' }), {
    uri: 'https://example.com/',
    prefix: 'e',
  });
});

test('the values of an enum are those given, else the names of its members', () => {
  assert.deepEqual(enumValues(enumeration('enum', { SMALL: { 'smithy.api#enumValue': 'S' }, LARGE: {} })), [
    'S',
    'LARGE',
  ]);
});

test('an enum may keep values to those who know of them', () => {
  const values = enumeration('enum', { SMALL: {}, SECRET: { 'smithy.api#internal': {} } });
  assert.deepEqual(internalEnumValues(values), ['SECRET']);
});

test('the values of an intEnum must be given', () => {
  assert.deepEqual(enumValues(enumeration('intEnum', { ONE: { 'smithy.api#enumValue': 1 } })), [1]);
  assert.throws(() => enumValues(enumeration('intEnum', { ONE: {} })), {
    message: `Invalid shape "${id}$ONE": trait smithy.api#enumValue: is missing, must be a number`,
  });
});
