import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** What Node says of bytes that it cannot read as a request. */
interface UnreadableError extends NodeJS.ErrnoException {
  /** The bytes, where they broke the syntax of HTTP. */
  readonly rawPacket?: Uint8Array;
}

/** A handshake of TLS begins with the type of its record and its major version (RFC 8446 section 5.1). */
const TLS_HANDSHAKE = [0x16, 0x03] as const;

/** Says what is wrong where something arrives that is no request, or no whole one; Node by itself answers without a word. */
export function answerUnreadable(server: Server): void {
  server.on('clientError', (error: UnreadableError, socket: Socket & { _httpMessage?: Answering }) => {
    // An answer that is under way must not be broken into. Node itself looks at these two members.
    const isAnswering = socket._httpMessage?._headerSent === true;
    if (!socket.writable || isAnswering || error.code === 'ECONNRESET') {
      socket.destroy(error);
      return;
    }
    const { status, message } = explain(error);
    const reason = process.getBuiltinModule('node:http').STATUS_CODES[status];
    const head = `HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\n`;
    socket.write(`${head}content-length: ${message.length + 1}\r\n\r\n${message}\n`);
    socket.destroySoon();
  });
}

interface Answering {
  readonly _headerSent: boolean;
}

function explain({ code, rawPacket }: UnreadableError): {
  readonly status: number;
  readonly message: string;
} {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, message: 'The headers of the request are longer than 32 KiB in all' };
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, message: 'The chunks of the body have too long extensions' };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, message: 'The request did not arrive in time' };
    default:
      return TLS_HANDSHAKE.every((byte, index) => rawPacket?.[index] === byte)
        ? {
            status: 400,
            message: 'This port speaks plain http, and https came: use http, or the port of https',
          }
        : { status: 400, message: 'This is no request in HTTP/1.1 (RFC 9112)' };
  }
}
