import { ClientError } from '../client-error.ts';
import type { Transport } from './transport.ts';

/** A transport that refuses calls that send events and receive events at once, before it sends anything. */
export function halfDuplex({ send, close }: Transport): Transport {
  return {
    async send(request, options) {
      if (request.body instanceof Uint8Array) return send(request, options);
      throw new ClientError(
        'unsupported',
        `Cannot call '${request.host}': it takes and sends events at once, which needs HTTP/2, and fetch cannot; call it from Node, Deno or Bun, without the option "fetch"`,
      );
    },
    close,
  };
}
