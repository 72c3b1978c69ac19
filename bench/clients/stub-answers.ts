import { crc32 } from 'node:zlib';

const requestId = '6d1bbd9f-3b0f-4a3e-9c55-2f4f5a1d8e10';
const object = Buffer.alloc(4096, 'A photo of a cat, or what a test takes for one. ');
const checksum = Buffer.alloc(4);
checksum.writeUInt32BE(crc32(object));

const token = JSON.stringify({
  accessToken: 'aoaAAAAAGab'.padEnd(230, 'x'),
  expiresIn: 3600,
  refreshToken: 'aorAAAAAGab'.padEnd(230, 'y'),
  tokenType: 'Bearer',
});

const item = JSON.stringify({
  Item: {
    id: { S: 'alice' },
    name: { S: 'Alice Example' },
    age: { N: '42' },
    active: { BOOL: true },
    groups: { SS: ['admins', 'developers'] },
    address: { M: { street: { S: '1 Example Street' }, city: { S: 'Exampleton' }, zip: { S: '12345' } } },
    scores: { L: [{ N: '1' }, { N: '2.5' }, { NULL: true }] },
  },
});

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:sts::111122223333:assumed-role/Developer/alice@example.com</Arn>
    <UserId>AROAEXAMPLEEXAMPLEXX:alice@example.com</UserId>
    <Account>111122223333</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata>
    <RequestId>${requestId}</RequestId>
  </ResponseMetadata>
</GetCallerIdentityResponse>
`;

/** Answers of the services to the compared calls, with their headers. */
const answers = {
  'sso-oidc': answer(token, {
    'content-type': 'application/json',
    'cache-control': 'no-cache, no-store, must-revalidate, proxy-revalidate',
    'x-amzn-requestid': requestId,
  }),
  dynamodb: answer(item, {
    server: 'Server',
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': requestId.replaceAll('-', '').toUpperCase().padEnd(52, '0'),
    'x-amz-crc32': String(crc32(item)),
  }),
  s3: answer(object, {
    server: 'AmazonS3',
    'content-type': 'image/jpeg',
    'accept-ranges': 'bytes',
    'last-modified': 'Mon, 05 Jan 2026 09:00:00 GMT',
    etag: '"9b2cf535f27731c974343645a3985328"',
    'x-amz-request-id': 'EXAMPLE123456789',
    'x-amz-id-2': 'vlR7PnpV2Ce81l0PRw6jlUpck7Jo5ZsQjryTjKlc5aLWGVHPZLj5NeC6qMa0emYBDXOo6QBU0Wo=',
    'x-amz-server-side-encryption': 'AES256',
    'x-amz-checksum-crc32': checksum.toString('base64'),
    'x-amz-checksum-type': 'FULL_OBJECT',
  }),
  sts: answer(identity, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }),
};

/** @param head request line and headers */
export function answerTo(head: string): Buffer {
  if (head.startsWith('GET ')) return answers.s3;
  if (head.startsWith('POST /token ')) return answers['sso-oidc'];
  return /^x-amz-target: DynamoDB_/im.test(head) ? answers.dynamodb : answers.sts;
}

function answer(body: string | Buffer, headers: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries({
    date: new Date().toUTCString(),
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  });
  const head = `HTTP/1.1 200 OK\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}
