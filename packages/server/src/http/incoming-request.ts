import type { IncomingMessage } from 'node:http';
import type { Body } from './body-reader.ts';
import type { ClientAddress } from './client-address.ts';
import type { IncomingRequest } from './route.ts';

/** @param client.address - the client's, which may not be the socket's */
export function toIncomingRequest(
  message: IncomingMessage,
  body: Body,
  { address, clientAddress }: { readonly address: string; readonly clientAddress: ClientAddress },
): IncomingRequest {
  const target = originForm(message.url ?? '/');
  const mark = target.indexOf('?');
  const headers = message.headers as IncomingRequest['headers'];
  const peer = message.socket.remoteAddress ?? '';
  return {
    method: message.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers,
    body: body === 'tooLong' ? new Uint8Array() : body,
    oversized: body === 'tooLong',
    origin: {
      address,
      get viaUntrustedProxy() {
        return clientAddress.isUntrustedProxy(peer, headers); // asked for by one page alone
      },
      userAgent: headers['user-agent'] ?? '',
      requestId: crypto.randomUUID(),
    },
  };
}

/** @returns the target in origin form, also when it was sent in absolute form, as to a proxy (RFC 9112 section 3.2) */
function originForm(target: string): string {
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(target)?.[1];
  if (path === undefined) return target;
  return path.startsWith('/') ? path : `/${path}`;
}
