import type { Config } from '../config/config.ts';

/** @returns why the server could not start, and what to do about it */
export function explainStartError(error: unknown, { dataDir, listen: { host, port } }: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use, perhaps by another Latchkey: stop the other program, or choose another port with listen.port in the configuration (which \`latchkey aws-config\` reads, too), or with --port for this start only`;
    case 'FOLDER_LOCKED':
      return `Another Latchkey uses the data folder ${dataDir}: stop it, or choose another folder with --data-dir`;
    case 'EADDRNOTAVAIL':
      return `This machine does not have the address ${host}: choose another with --host`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host name ${host} has no address: choose another with --host`;
    case 'EACCES':
      return port < 1024
        ? `This user may not listen on port ${port}: choose a port above 1023 with --port`
        : `The server could not start: ${String(error)}`;
    default:
      return `The server could not start: ${error instanceof Error ? error.message : String(error)}`;
  }
}
