import { globals } from './globals.ts';

/** `web` is every runtime that has no files and processes: browsers and Workers. */
export type Platform = 'node' | 'deno' | 'bun' | 'web';

export const platform: Platform = detect();

function detect(): Platform {
  if (globals.Deno !== undefined) return 'deno';
  const versions = globals.process?.versions;
  if (versions?.['bun'] !== undefined) return 'bun';
  // Cloudflare Workers report a Node version where they emulate Node.
  return versions?.['node'] !== undefined && globals.WebSocketPair === undefined ? 'node' : 'web';
}
