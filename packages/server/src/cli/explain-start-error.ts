import type { Config } from '../config/config.ts';

/** @returns why the server could not start, and what to do about it */
export function explainStartError(error: unknown, { dataDir, listen, metrics }: Config): string {
  const { code, address, isOfMetrics = false } = detailsOf(error);
  const { host, port } = isOfMetrics && metrics !== undefined ? metrics : listen;
  const another = isOfMetrics
    ? { port: 'metrics.port in the configuration', host: 'metrics.host in the configuration' }
    : { port: '--port', host: '--host' };
  switch (code) {
    case 'EADDRINUSE': {
      const inUse = `Port ${port} on ${address ?? host} is in use`;
      return isOfMetrics
        ? `${inUse}: stop the other program, or choose another port for /metrics with ${another.port}`
        : `${inUse}, perhaps by another Latchkey: stop the other program, or choose another port with listen.port in the configuration (which \`latchkey aws-config\` reads, too), or with --port for this start only`;
    }
    case 'FOLDER_LOCKED':
      return `Another Latchkey uses the data folder ${dataDir}: stop it, or choose another folder with --data-dir`;
    case 'EADDRNOTAVAIL':
      return `This machine does not have the address ${host}: choose another with ${another.host}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host name ${host} has no address: choose another with ${another.host}`;
    case 'EACCES':
      return port < 1024
        ? `This user may not listen on port ${port}: choose a port above 1023 with ${another.port}`
        : `The server could not start: ${String(error)}`;
    default:
      return `The server could not start: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** What Node, or the server, says of an error besides its message. */
interface Details {
  readonly code?: string;
  /** The address to listen on. */
  readonly address?: string;
  /** Whether it is about the address of `/metrics`. */
  readonly isOfMetrics?: boolean;
}

function detailsOf(error: unknown): Details {
  return error instanceof Error ? (error as Details) : {};
}
