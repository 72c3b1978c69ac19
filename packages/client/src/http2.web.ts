import { halfDuplex } from './transport/half-duplex.ts';
import { openTransport } from './transport/open-transport.ts';
import type { OpenTransport } from './transport/transport.ts';

export const http2: OpenTransport = async (options) => halfDuplex(await openTransport(options));
