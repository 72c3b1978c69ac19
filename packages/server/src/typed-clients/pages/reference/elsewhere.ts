import type { OperationReference, ServiceReference } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { heading } from './heading.ts';

/** Documentation of AWS that has a page of each operation, by its name in `https://docs.aws.amazon.com/goto/`. */
const places = {
  WebAPI: 'API reference of AWS',
  cli2: 'AWS CLI',
  SdkForJavaScriptV3: 'SDK for JavaScript',
  boto3: 'SDK for Python',
  SdkForJavaV2: 'SDK for Java',
  SdkForGoV2: 'SDK for Go',
  DotNetSDKV4: 'SDK for .NET',
};

/** Links to the operation in the documentation of AWS and of its tools. */
export function renderElsewhere({ name }: OperationReference, { docId }: ServiceReference): Html | undefined {
  if (docId === undefined) return undefined;
  const path = `${encodeURIComponent(docId)}/${encodeURIComponent(name)}`;
  return html`${heading('see-elsewhere', 'Elsewhere')}
<p>${Object.entries(places).map(
    ([place, title], index) =>
      html`${index > 0 && '\u00a0· '}<a href="https://docs.aws.amazon.com/goto/${place}/${path}" rel="noreferrer">${title}</a>`,
  )}</p>`;
}
