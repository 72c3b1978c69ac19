import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DirectoryGuard } from '../../../packages/server/src/config/directory-guard.ts';
import { loadForStart } from '../../../packages/server/src/config/load-for-start.ts';
import { watchDirectory } from '../../../packages/server/src/config/watch-directory.ts';
import type { Store } from '../../../packages/server/src/store/store.ts';

/** Applies a configuration file to a store, as a server does that starts with it. @throws where it is refused */
export async function applyFile(store: Store, text: string, nowMs: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-file-'));
  const dataDir = path.join(folder, 'data');
  mkdirSync(dataDir);
  writeFileSync(path.join(folder, 'latchkey.yaml'), text);
  const sources = { env: {}, cwd: folder, dataDir };
  const problems: string[] = [];
  const { loaded, directory } = await loadForStart(sources);
  const watcher = watchDirectory({
    ...{ loaded, sources, store, instanceId: 'ssoins-7e57000000000001', now: () => nowMs },
    ...(directory && { directory }),
    guard: DirectoryGuard.open(dataDir, (message) => problems.push(message)),
    onVerdict() {},
    log: { info() {}, warn() {}, error: (message) => problems.push(message) },
  });
  await watcher.started;
  const { isRefused } = watcher;
  await watcher.close();
  rmSync(folder, { recursive: true });
  if (isRefused) throw new Error(`The file is refused: ${problems.join('; ')}`);
}
