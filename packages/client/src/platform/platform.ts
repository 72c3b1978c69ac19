import { ClientError } from '../client-error.ts';
import { globals } from './globals.ts';

/** `web` is every runtime that has no files and processes: browsers and Workers. */
export type Platform = 'node' | 'deno' | 'bun' | 'web';

export const platform: Platform = detect();
refuseOldNode();

function detect(): Platform {
  if (globals.Deno !== undefined) return 'deno';
  const versions = globals.process?.versions;
  if (versions?.['bun'] !== undefined) return 'bun';
  // Cloudflare Workers report a Node version where they emulate Node.
  return versions?.['node'] !== undefined && globals.WebSocketPair === undefined ? 'node' : 'web';
}

/** Says so at once where a first call would miss a function of Node. */
function refuseOldNode(): void {
  const { process } = globals;
  if (platform !== 'node' || process?.getBuiltinModule !== undefined) return;
  throw new ClientError(
    'unsupported',
    `Typed clients need Node 20.16, 22.3 or newer; this is Node ${process?.versions?.['node']}`,
  );
}
