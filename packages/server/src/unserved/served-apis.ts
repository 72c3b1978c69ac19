import type { ApiDefinition } from '../http/api.ts';
import { operationsBeside } from './beside.ts';
import type { UnservedCall } from './unserved-call.ts';

const MAX_SHOWN = 100;

/** Names what is served, e.g. `SSO OIDC, SSO (the access portal) and STS`. */
function namesOf(apis: readonly ApiDefinition[]): string {
  return joined(apis.map(({ title }) => title));
}

/** Tells who calls an API that is not here what is, and what to change. */
export function unservedMessage(call: UnservedCall, apis: readonly ApiDefinition[]): string {
  const { form, target, service } = call;
  const named = apis.find((api) => target.startsWith(`${api.service.name}.`));
  if (named !== undefined) {
    return `Latchkey serves ${named.title} in the protocol ${named.service.protocol} alone: ${shown(target)} was called in ${form}`;
  }
  const signed = service === undefined ? '' : ` (signed for "${service}")`;
  const settings = apis.map(({ sdkId }) => `AWS_ENDPOINT_URL_${sdkId.toUpperCase().replaceAll(' ', '_')}`);
  return `Latchkey does not serve ${shown(target)}${signed}: it serves ${namesOf(apis)}. If AWS_ENDPOINT_URL sends the calls of every service here, set ${joined(settings)} instead`;
}

/** Tells who calls an unknown operation what the API has whose paths begin alike, or else what is served at all. */
export function unknownPathMessage(
  { method, path }: { readonly method: string; readonly path: string },
  apis: readonly ApiDefinition[],
): string {
  const operations = apis.flatMap(({ title, service }) =>
    operationsBeside(service, path).map(
      ({ name, http }) => `${name} of ${title} is ${http?.method} ${http?.uri}`,
    ),
  );
  const help =
    operations.length > 0 ? operations.join(', ') : 'check the endpoint, which is the address without a path';
  return `No operation is called by ${shown(`${method} ${path}`)}: ${help}. Latchkey serves ${namesOf(apis)}`;
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Part of a request, in a sentence: cut short, and without what has no place in one. */
function shown(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]+/g, '?');
  return printable.length > MAX_SHOWN ? `${printable.slice(0, MAX_SHOWN)}...` : printable;
}
