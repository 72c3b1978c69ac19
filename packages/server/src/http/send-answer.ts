import type { ServerResponse } from 'node:http';
import type { WireResponse } from '@latchkey/wire';

/** Writes a whole answer. @returns the length of its body */
export function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: WireResponse,
  { nowMs, headOnly }: { readonly nowMs: number; readonly headOnly: boolean },
): number {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  const all = { ...headers, date: httpDate(nowMs), 'content-length': length };
  response.writeHead(status, all as Record<string, string | string[] | number>);
  response.end(headOnly ? undefined : body);
  return length;
}

let renderedSecond = -1;
let renderedDate = '';

/** The date in the format of RFC 9110 section 5.6.7. Rendered once a second. */
export function httpDate(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (second !== renderedSecond) {
    renderedSecond = second;
    renderedDate = new Date(nowMs).toUTCString();
  }
  return renderedDate;
}
