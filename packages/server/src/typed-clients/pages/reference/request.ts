import type { OperationReference, ServiceReference } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';

/** The request of the call at the top of the page, as the client sends it. */
export function renderRequest(operation: OperationReference, reference: ServiceReference): Html | undefined {
  const { auth, request } = operation;
  if (request === undefined) return undefined;
  const { body, headers, method, target } = request;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `host: ${request.hostPrefix ?? ''}${hostOf(reference)}`,
    ...headers.map(({ name, value }) => `${name}: ${value}`),
    ...signatureOf(auth, reference),
  ];
  return html`<p>The call at the top of this page sends:</p>
<pre class="declaration"><code>${lines.join('\n')}${body !== undefined && `\n\n${body}`}</code></pre>`;
}

/** The host that a client calls, without the prefix of an operation. */
export function hostOf({ endpoints, signingName }: ServiceReference): string {
  const plain = endpoints.find(({ way }) => way === 'plain') ?? endpoints[0];
  return plain === undefined ? `${signingName}.us-east-1.amazonaws.com` : new URL(plain.url).host;
}

/** The headers by which a request is signed. */
export function signatureOf(
  auth: OperationReference['auth'],
  { signingName }: ServiceReference,
): readonly string[] {
  switch (auth[0]) {
    case 'sigv4':
      return [
        'x-amz-date: 20300131T120000Z',
        `authorization: AWS4-HMAC-SHA256 Credential=AKIA…/20300131/us-east-1/${signingName}/aws4_request, SignedHeaders=…, Signature=…`,
      ];
    case 'sigv4a':
      return [
        'x-amz-date: 20300131T120000Z',
        'x-amz-region-set: us-east-1',
        `authorization: AWS4-ECDSA-P256-SHA256 Credential=AKIA…/20300131/${signingName}/aws4_request, SignedHeaders=…, Signature=…`,
      ];
    case 'bearer':
      return ['authorization: Bearer …'];
    default:
      return [];
  }
}
