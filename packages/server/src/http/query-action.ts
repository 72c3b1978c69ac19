import { essenceOf } from '@latchkey/wire';
import type { IncomingRequest } from './route.ts';

/** What a request in a query protocol calls. */
export interface QueryAction {
  readonly action: string | undefined;
  /** API version, e.g. `2011-06-15`. */
  readonly version: string | undefined;
}

/** Reads the action of a request in a query protocol, from the form in its body or else from its query. */
export function queryActionOf(request: IncomingRequest): QueryAction {
  const query = new URLSearchParams(request.query);
  const form = isForm(request) ? new URLSearchParams(Buffer.from(request.body).toString()) : query;
  const member = (name: string) => form.get(name) ?? query.get(name) ?? undefined;
  return { action: member('Action'), version: member('Version') };
}

/** Whether the body is a form, or nothing says what it is. */
export function isForm({ headers }: IncomingRequest): boolean {
  const contentType = headers['content-type'];
  return contentType === undefined || essenceOf(contentType) === 'application/x-www-form-urlencoded';
}
