import type { Config } from '../config/config.ts';

/** Says why the server could not start, and what to do about it. */
export function explainStartError(error: unknown, { dataDir, listen: { host, port } }: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken, perhaps by a Latchkey that runs already: stop that, or choose another: listen.port in the configuration, so that \`latchkey aws-config\` knows it too, or --port for once`;
    case 'FOLDER_LOCKED':
      return `Another Latchkey runs with the data folder ${dataDir}: stop that, or choose another with --data-dir`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${host}: choose another with --host`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The name ${host} leads to no address: choose another with --host`;
    case 'EACCES':
      return port < 1024
        ? `Port ${port} needs a privilege that this user lacks: choose one above 1023 with --port`
        : `Not started: ${String(error)}`;
    default:
      return `Not started: ${error instanceof Error ? error.message : String(error)}`;
  }
}
