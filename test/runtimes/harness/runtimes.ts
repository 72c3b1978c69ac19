import { globSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '../tools');

/** Of the package for this platform, as npm chose it. */
function binary(pattern: string): string {
  const [file] = globSync(`node_modules/${pattern}{,.exe}`, { cwd: folder });
  if (file === undefined) {
    throw new Error(`No ${path.basename(pattern)} is installed: run "npx node test/runtimes/prepare.ts"`);
  }
  return path.join(folder, file);
}

export const deno = binary('@deno/*/deno');
export const bun = binary('@oven/*/bin/bun');
export const workerd = binary('@cloudflare/*/bin/workerd');
