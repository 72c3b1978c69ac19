import type { DirectoryGuard } from './config/directory-guard.ts';
import type { ConfigSources, LoadedConfig } from './config/load-config.ts';
import { watchDirectory } from './config/watch-directory.ts';
import { watchCertificate } from './http/watch-certificate.ts';
import type { RunningServer } from './server.ts';
import { watchModels } from './typed-clients/watch-models.ts';

export interface FileWatcher {
  /** Resolves once every change from then on is noticed. */
  readonly started: Promise<unknown>;
  /** Reads everything again now. Never rejects: faults are logged, and what is in use stays. */
  reload(): Promise<void>;
  close(): void;
}

/** Keeps a running server up to date with its configuration file, and with every file that a setting points to. */
export function watchFiles(
  server: RunningServer,
  options: { readonly loaded: LoadedConfig; readonly sources: ConfigSources; readonly guard: DirectoryGuard },
): FileWatcher {
  const { log, metrics, listener, typedClients, context } = server;
  const { tls, models, directory } = context.config;
  const watcher = watchDirectory({
    ...{ ...options, directory, log },
    onChange: (changed) => void server.replaceDirectory(changed),
    onVerdict: (isRefused) => metrics.setRefused('directory', isRefused),
  });
  const contents = [
    ...(tls === undefined
      ? []
      : [
          watchCertificate({
            ...{ files: tls, listener, now: context.now, log },
            onVerdict: (isRefused) => metrics.setRefused('certificate', isRefused),
          }),
        ]),
    ...models.map((models) => watchModels({ directory: models, typedClients, log })),
  ];
  return {
    started: Promise.all([watcher, ...contents].map(({ started }) => started)),
    async reload() {
      await Promise.all([watcher.reload(), ...contents.map((content) => content.passOnNow())]);
    },
    close() {
      watcher.close();
      for (const content of contents) content.close();
    },
  };
}
