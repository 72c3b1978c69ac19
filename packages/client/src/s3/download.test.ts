import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { crc32 } from 'node:zlib';
import { withShortcuts } from '../call/streaming-output.ts';
import { ClientError } from '../client-error.ts';
import type { DownloadingClient, DownloadOptions } from './download.ts';
import { download } from './download.ts';

const stored = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
const checksum = Buffer.alloc(4);
checksum.writeUInt32BE(crc32(stored));
const ChecksumCRC32 = checksum.toString('base64');

interface Behaviour {
  readonly head?: object;
  /** Changes what a range is answered with. @param reading how often it was asked for */
  range?(bytes: Uint8Array, from: number, reading: number): Uint8Array | Error;
}

/** S3 with one object. */
function service({ head = { ChecksumCRC32, ChecksumType: 'FULL_OBJECT' }, range }: Behaviour = {}) {
  const asked: string[] = [];
  let held = 0;
  let most = 0;
  const client = {
    headObject: async () => ({ ContentLength: stored.length, ETag: '"v1"', ...head }),
    async getObject(
      { IfMatch, Range }: { IfMatch: string; Range: string },
      { signal }: { signal: AbortSignal },
    ) {
      assert.equal(IfMatch, '"v1"');
      asked.push(Range);
      const [, from = 0, to = 0] = /^bytes=(\d+)-(\d+)$/.exec(Range)?.map(Number) ?? [];
      held += 1;
      most = Math.max(most, held);
      await new Promise(setImmediate);
      held -= 1;
      signal.throwIfAborted();
      const bytes = stored.slice(from, to + 1);
      const answer = range?.(bytes, from, asked.filter((each) => each === Range).length) ?? bytes;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          if (answer instanceof Error) return controller.error(answer);
          controller.enqueue(answer);
          controller.close();
        },
      });
      return { Body: withShortcuts(body) };
    },
  };
  return { asked, client: client as unknown as DownloadingClient, most: () => most };
}

const read = async (behaviour?: Behaviour, options: DownloadOptions = {}) => {
  const { asked, client, most } = service(behaviour);
  const { body, checkedBy, head } = await download(client, { Bucket: 'b', Key: 'k' } as never, {
    partSize: 300,
    ...options,
  });
  return { asked, body, checkedBy, head, most };
};

suite('a download from S3', () => {
  test('reads an object by ranges of one version, several at once, and gives them in order', async () => {
    const { asked, body, checkedBy, head, most } = await read({}, { queueSize: 2 });
    assert.deepEqual(asked, []);
    assert.deepEqual(await body.bytes(), stored);
    assert.deepEqual(asked, ['bytes=0-299', 'bytes=300-599', 'bytes=600-899', 'bytes=900-999']);
    assert.equal(most(), 2);
    assert.deepEqual([checkedBy, head.ETag], ['CRC32', '"v1"']);
  });

  test('asks for no more ranges than queueSize beyond what was taken', async () => {
    const { asked, body } = await read({}, { queueSize: 2, partSize: 100 });
    const reader = body.getReader();
    for (let taken = 1; taken <= 3; taken += 1) {
      await reader.read();
      await new Promise(setImmediate);
      assert.ok(asked.length <= taken + 1, `${asked.length} ranges were asked for after ${taken} were taken`);
    }
    await reader.cancel();
  });

  test('tells how far it is', async () => {
    const told: unknown[] = [];
    const { body } = await read({}, { onProgress: ({ loaded, total }) => told.push([loaded, total]) });
    await body.bytes();
    assert.deepEqual(
      told,
      [300, 600, 900, 1000].map((loaded) => [loaded, 1000]),
    );
  });

  test('reads an empty object without asking for a range', async () => {
    const { asked, body } = await read({ head: { ContentLength: 0 } });
    assert.equal(await body.text(), '');
    assert.deepEqual(asked, []);
  });

  test('reads a range again whose connection breaks, three times at most', async () => {
    const broken = new ClientError('connectionFailed', 'cut');
    const once = await read({
      range: (bytes, from, reading) => (from === 300 && reading < 3 ? broken : bytes),
    });
    assert.deepEqual(await once.body.bytes(), stored);
    assert.equal(once.asked.length, 6);
    const always = await read({ range: (bytes, from) => (from === 300 ? broken : bytes) });
    await assert.rejects(always.body.bytes(), { message: 'cut' });
  });

  test('fails where a byte is not as S3 stored it, and where a range is too short or too long', async () => {
    const flipped = (bytes: Uint8Array, from: number) =>
      from === 600 ? bytes.map((byte, index) => (index === 5 ? byte ^ 1 : byte)) : bytes;
    const damaged = await read({ range: flipped });
    await assert.rejects(damaged.body.bytes(), { code: 'badResponse', message: /its ChecksumCRC32 is/ });
    const short = await read({ range: (bytes) => bytes.subarray(1) });
    await assert.rejects(short.body.bytes(), {
      code: 'badResponse',
      message: /300 bytes was answered with 299/,
    });
    const long = await read({ range: () => new Uint8Array(301) });
    await assert.rejects(long.body.bytes(), {
      code: 'badResponse',
      message: /300 bytes was answered with 301/,
    });
  });

  for (const head of [
    {},
    { ChecksumCRC32: `${ChecksumCRC32}-4` },
    { ChecksumSHA256: 'x', ChecksumType: 'COMPOSITE' },
  ]) {
    test(`says that only the length is compared where S3 has ${JSON.stringify(head)}`, async () => {
      const { body, checkedBy } = await read({ head });
      assert.equal(checkedBy, undefined);
      assert.deepEqual(await body.bytes(), stored);
    });
  }

  test('ends with its signal', async () => {
    const controller = new AbortController();
    const stopping = (bytes: Uint8Array, from: number) => {
      if (from === 300) controller.abort();
      return bytes;
    };
    const { body } = await read(
      { range: stopping },
      {
        signal: controller.signal,
        queueSize: 1,
      },
    );
    await assert.rejects(body.bytes(), { code: 'aborted' });
  });

  test('refuses options out of range', async () => {
    await assert.rejects(read({}, { partSize: 0 }), { code: 'badInput', message: /partSize is 0/ });
    await assert.rejects(read({}, { queueSize: 0.5 }), { code: 'badInput', message: /queueSize is 0.5/ });
  });
});
