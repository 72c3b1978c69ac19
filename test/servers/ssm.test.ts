import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { InvalidCiphertextException, KMS, NotFoundException } from '#services/kms';
import { ParameterAlreadyExists, ParameterNotFound, SSM } from '#services/ssm';
import { apiFactory } from './harness/api-factory.ts';
import { type RunningServer, startMoto } from './harness/servers.ts';

suite('clients of SSM and KMS (awsJson1_1), against Moto', () => {
  let server: RunningServer;
  let ssm: SSM;
  let kms: KMS;
  before(async () => {
    server = await startMoto();
    const factory = apiFactory(server);
    ssm = factory.makeNew(SSM);
    kms = factory.makeNew(KMS);
  });
  after(() => server[Symbol.asyncDispose]());

  test('read parameters as they were written, and list them page by page', async () => {
    const names = Array.from({ length: 5 }, (_, number) => `/app/names/${number}`);
    for (const Name of names) await ssm.putParameter({ Name, Value: `Grüße "${Name}"`, Type: 'String' });
    const { Parameter } = await ssm.getParameter({ Name: '/app/names/3' });
    assert.equal(Parameter?.Value, 'Grüße "/app/names/3"');
    assert.equal(Number(Parameter.Version), 1);
    // wall-clock: the server is not ours and has the system's clock; an hour is to spare
    assert(Math.abs((Parameter.LastModifiedDate?.getTime() ?? 0) - Date.now()) < 3_600_000);
    const list = { Path: '/app', Recursive: true, MaxResults: 2 };
    const listed = await Array.fromAsync(ssm.paginateGetParametersByPath(list));
    assert.deepEqual(
      listed.map(({ Parameters }) => Parameters?.map(({ Name }) => Name)),
      [names.slice(0, 2), names.slice(2, 4), names.slice(4)],
    );
  });

  test('encrypt and decrypt bytes', async () => {
    const { KeyMetadata } = await kms.createKey({ Description: 'a key' });
    const KeyId = KeyMetadata?.KeyId ?? '';
    const Plaintext = Uint8Array.of(0, 1, 127, 128, 255);
    const EncryptionContext = { purpose: 'test' };
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext, EncryptionContext });
    assert(CiphertextBlob);
    assert.deepEqual((await kms.decrypt({ CiphertextBlob, EncryptionContext })).Plaintext, Plaintext);
    await assert.rejects(kms.decrypt({ CiphertextBlob }), InvalidCiphertextException);
    const keys = await Array.fromAsync(kms.paginateListKeys({ Limit: 1 }).items());
    assert(keys.some((key) => key.KeyId === KeyId));
    await kms.disableKey({ KeyId });
    assert.equal((await kms.describeKey({ KeyId })).KeyMetadata?.Enabled, false);
  });

  test('tell errors apart by their class', async () => {
    await assert.rejects(ssm.getParameter({ Name: 'missing' }), ParameterNotFound);
    await ssm.putParameter({ Name: 'once', Value: '1', Type: 'String' });
    await assert.rejects(
      ssm.putParameter({ Name: 'once', Value: '2', Type: 'String' }),
      ParameterAlreadyExists,
    );
    await assert.rejects(kms.describeKey({ KeyId: 'missing' }), (error) => {
      assert(error instanceof NotFoundException);
      assert(!(error instanceof InvalidCiphertextException));
      return true;
    });
  });
});
