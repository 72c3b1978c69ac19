import path from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import { explainFileError } from '../files/file-error.ts';
import { MasterSecretError } from '../keys/read-master-secrets.ts';
import { StoreError } from '../store/postgresql/store-error.ts';
import { renderSource } from './render-source.ts';

/** @returns why the server could not start, by which option, variable or line of the file, and what to do about it */
export function explainStartError(
  error: unknown,
  { config, sourceOf }: Pick<LoadedConfig, 'config' | 'sourceOf'>,
): string {
  const { dataDir, listen, metrics, tls, store } = config;
  const details = detailsOf(error);
  const { code, address, isOfMetrics = false } = details;
  const section = isOfMetrics && metrics !== undefined ? 'metrics' : 'listen';
  const { host, port } = (section === 'metrics' ? metrics : undefined) ?? listen;
  const portGiven = `${port}${renderSource(sourceOf([section, 'port']))}`;
  const hostGiven = `${host}${renderSource(sourceOf([section, 'host']))}`;
  const folderGiven = `${dataDir}${renderSource(sourceOf(['dataDir']))}`;
  const another = isOfMetrics
    ? { port: 'metrics.port in the configuration', host: 'metrics.host in the configuration' }
    : { port: '--port', host: '--host' };
  if (isOfFolder(details, dataDir)) {
    return `The data folder ${folderGiven} cannot be used: ${details.path}: ${explainFileError(error)}`;
  }
  if (error instanceof StoreError || error instanceof MasterSecretError) return error.message;
  switch (code) {
    case 'EADDRINUSE': {
      const inUse = `Port ${portGiven} on ${address ?? host} is in use`;
      return isOfMetrics
        ? `${inUse}: stop the other program, or choose another port for /metrics with ${another.port}`
        : `${inUse}, perhaps by another Latchkey: stop the other program, or choose another port with listen.port in the configuration (which \`latchkey aws-config\` reads, too), or with --port for this start only`;
    }
    case 'FOLDER_LOCKED': {
      const shared =
        store === undefined
          ? ''
          : '. Each server needs a data folder of its own, also where they share a store';
      return `Another Latchkey uses the data folder ${folderGiven}: stop it, or choose another folder with --data-dir${shared}`;
    }
    case 'EADDRNOTAVAIL':
      return `This machine does not have the address ${hostGiven}: choose another with ${another.host}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host name ${hostGiven} has no address: choose another with ${another.host}`;
    case 'EACCES':
      return `This user may not listen on port ${portGiven}: choose a port above 1023 with ${another.port}`;
    default: {
      const message = error instanceof Error ? error.message : String(error);
      const key = (['certFile', 'keyFile'] as const).find(
        (each) => tls !== undefined && message.includes(tls[each]),
      );
      const named = key === undefined ? '' : `. It is tls.${key}${renderSource(sourceOf(['tls', key]))}`;
      return `The server could not start: ${message}${named}`;
    }
  }
}

/** What Node, or the server, says of an error besides its message. */
interface Details {
  readonly code?: string;
  /** The address to listen on. */
  readonly address?: string;
  /** The file that could not be used. */
  readonly path?: string;
  /** Whether it is about the address of `/metrics`. */
  readonly isOfMetrics?: boolean;
}

function detailsOf(error: unknown): Details {
  return error instanceof Error ? (error as Details) : {};
}

/** Whether an error is about the data folder, a file in it, or a folder that it would be in. */
function isOfFolder({ path: file, code }: Details, dataDir: string): boolean {
  if (file === undefined || code === 'EADDRINUSE') return false;
  const folder = path.resolve(dataDir) + path.sep;
  return folder.startsWith(path.resolve(file) + path.sep) || path.resolve(file).startsWith(folder);
}
