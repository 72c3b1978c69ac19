import { globSync } from 'node:fs';
import { join } from 'node:path';

/** Files in `packages/client/src` that generated modules and programs import. */
const PUBLIC = [
  'mod.ts',
  'core.ts',
  'credentials.ts',
  'endpoint-discovery.ts',
  'endpoints.ts',
  'event-streams.ts',
  'http2.ts',
  'metadata.ts',
  'middleware/*.ts',
  'paginate.ts',
  'presign.ts',
  'testing.ts',
  'wait-for.ts',
  'protocols/*.ts',
  'endpoints/{rules,standard}.ts',
  'features/*.ts',
  'credentials/{default-chain,from-*}.ts',
  'jmespath/evaluate.ts',
  'extras/*.ts',
];

/** Names of the entry points of the client, e.g. `mod` and `credentials/from-sso`, in alphabetical order. */
export function clientEntries(root: string): readonly string[] {
  return globSync(PUBLIC, { cwd: join(root, 'packages/client/src') })
    .filter((file) => !/\.test(-d)?\.ts$|\.web\./.test(file))
    .map((file) => file.replaceAll('\\', '/').slice(0, -'.ts'.length))
    .toSorted();
}
