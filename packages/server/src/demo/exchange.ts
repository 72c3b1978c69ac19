import type { WireRequest } from '@latchkey/wire';
import type { Answer, Ask } from './message.ts';
import { printExchange } from './print.ts';

/** Sends a request, and prints both it and its answer. */
export async function exchange(url: string, { method, path, headers = {}, body }: Ask): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: { ...headers },
    redirect: 'manual',
    ...(body !== undefined && { body }),
  });
  const answer = { status: response.status, headers: response.headers, body: await response.text() };
  printExchange({ method, path, headers, ...(body !== undefined && { body }) }, answer);
  return answer;
}

/** Calls an operation that takes and returns JSON. @throws when the answer is an error */
export async function call(
  url: string,
  path: string,
  input: object,
): Promise<Readonly<Record<string, string>>> {
  const headers = { 'content-type': 'application/json' };
  return parseJson(await exchange(url, { method: 'POST', path, headers, body: JSON.stringify(input) }));
}

export function parseJson({ status, body }: Answer): Readonly<Record<string, string>> {
  if (status !== 200) throw new Error(`The server answered ${status}: ${body}`);
  return JSON.parse(body === '' ? '{}' : body) as Record<string, string>;
}

/** Sends a signed request. */
export function sendSigned(url: string, request: WireRequest): Promise<Answer> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return exchange(url, {
    method: 'POST',
    path: request.path,
    headers,
    body: Buffer.from(request.body).toString(),
  });
}
