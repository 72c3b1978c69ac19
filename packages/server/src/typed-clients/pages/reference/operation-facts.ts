import type { OperationReference, ServiceReference } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { type Fact, renderFacts } from './facts.ts';

type AuthScheme = OperationReference['auth'][number];

const schemes: Readonly<Record<AuthScheme, string>> = {
  sigv4: 'AWS Signature Version 4',
  sigv4a: 'AWS Signature Version 4A',
  bearer: 'a bearer token',
  anonymous: 'none',
};

/** The HTTP binding, authentication, idempotency and pagination of an operation. */
export function renderOperationFacts(operation: OperationReference, { protocol }: ServiceReference): Html {
  const { auth, hostPrefix, http, idempotent, pages, readonly } = operation;
  return renderFacts([
    [
      'Request',
      html`<code>${http === undefined ? 'POST /' : `${http.method} ${http.uri}`}</code> (${protocol})`,
    ],
    ...(http === undefined ? [] : [['Answer', html`HTTP ${http.code}`] as Fact]),
    ['Signed with', html`${auth.length === 0 ? 'no signature: anyone may call it' : listSchemes(auth)}`],
    ['Effect', html`${effectOf({ idempotent, readonly })}`],
    ...(hostPrefix === undefined ? [] : [['Host prefix', html`<code>${hostPrefix}</code>`] as Fact]),
    ...(pages === undefined
      ? []
      : [
          [
            'Pages',
            html`<code>${pages.outputToken}</code> of a page is <code>${pages.inputToken}</code> of the next${
              pages.items !== undefined && html`; its items are <code>${pages.items}</code>`
            }`,
          ] as Fact,
        ]),
  ]);
}

function listSchemes(auth: readonly AuthScheme[]): string {
  return auth.map((scheme) => schemes[scheme]).join(', else ');
}

function effectOf({ idempotent, readonly }: Pick<OperationReference, 'idempotent' | 'readonly'>): string {
  if (readonly) return 'reads only';
  return idempotent
    ? 'idempotent: two calls have the effect of one'
    : 'not idempotent: two calls may have the effect of two';
}
