import type { DirectoryGuard } from './config/directory-guard.ts';
import type { ConfigSources, LoadedConfig } from './config/load-config.ts';
import { watchDirectory } from './config/watch-directory.ts';
import type { ContentWatch } from './files/watch-content.ts';
import { watchCertificate } from './http/watch-certificate.ts';
import type { RunningServer } from './server.ts';

export interface FileWatcher {
  /** Reads everything again now. Never rejects: faults are logged, and what is in use stays. */
  reload(): Promise<void>;
  close(): void;
}

/**
 * Keeps a running server up to date with its configuration file, and with every file that a setting points to. Resolves once
 * every change is noticed.
 */
export async function watchFiles(
  server: RunningServer,
  options: { readonly loaded: LoadedConfig; readonly sources: ConfigSources; readonly guard: DirectoryGuard },
): Promise<FileWatcher> {
  const { log, metrics, context } = server;
  const watcher = watchDirectory({
    ...{ ...options, directory: context.config.directory, log },
    onChange: (changed) => void server.replaceDirectory(changed),
    onVerdict: (isRefused) => metrics.setRefused('directory', isRefused),
  });
  const contents = [...watchTls(server), ...(await watchAllModels(server))];
  await Promise.all([watcher, ...contents].map(({ started }) => started));
  return {
    async reload() {
      await Promise.all([watcher.reload(), ...contents.map((content) => content.passOnNow())]);
    },
    close() {
      watcher.close();
      for (const content of contents) content.close();
    },
  };
}

function watchTls({ log, metrics, listener, context }: RunningServer): ContentWatch[] {
  const { tls } = context.config;
  if (tls === undefined) return [];
  const onVerdict = (isRefused: boolean) => metrics.setRefused('certificate', isRefused);
  return [watchCertificate({ files: tls, listener, onVerdict, now: context.now, log })];
}

/** Imports the reader of models only where there are some: most servers have none, and a start is to be quick. */
async function watchAllModels({ log, typedClients, context }: RunningServer): Promise<ContentWatch[]> {
  const { models } = context.config;
  if (models.length === 0) return [];
  const { watchModels } = await import('./typed-clients/watch-models.ts');
  return models.map((directory) => watchModels({ directory, typedClients, log }));
}
