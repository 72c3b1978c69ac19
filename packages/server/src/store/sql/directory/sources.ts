import type { DirectorySource, SourceState } from '../../port/directory.ts';
import { get, type Work } from '../work.ts';

export function* findSource(source: DirectorySource): Work<SourceState | undefined> {
  const row = yield* get<{
    readonly revision: number;
    readonly digest: Uint8Array | null;
    readonly appliedAtMs: number | null;
  }>(
    'SELECT revision, digest, applied_at_ms AS "appliedAtMs" FROM directory_source WHERE name = ? AND revision > 0',
    source,
  );
  if (row === undefined) return undefined;
  const { revision, digest, appliedAtMs } = row;
  return { revision, ...(digest !== null && appliedAtMs !== null && { digest, appliedAtMs }) };
}
