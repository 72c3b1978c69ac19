import { watchLogo } from './branding/watch-logo.ts';
import { type DirectoryWatcherOptions, watchDirectory } from './config/watch-directory.ts';
import type { ContentWatch } from './files/watch-content.ts';
import { watchCertificate } from './http/watch-certificate.ts';
import type { RunningServer } from './server.ts';

export interface FileWatcher {
  /** Resolves once the directory of the start is applied, and every change is noticed; also when it is closed before. */
  readonly started: Promise<void>;
  /** Whether the directory of the configuration was refused at the start, so that the one of the last run is in use. */
  readonly isDirectoryRefused: boolean;
  /** Reads everything again now. Never rejects: faults are logged, and what is in use stays. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps a running server up to date with its configuration file, and with every file that a setting points to. */
export async function watchFiles(
  server: RunningServer,
  options: Pick<DirectoryWatcherOptions, 'loaded' | 'directory' | 'sources' | 'guard'>,
): Promise<FileWatcher> {
  const { log, metrics, context } = server;
  const { store, instanceId, now } = context;
  const watcher = watchDirectory({
    ...{ ...options, store, instanceId, now, log },
    onVerdict: (isRefused) => metrics.setRefused('directory', isRefused),
  });
  const contents = [...watchTls(server), ...watchBrand(server), ...(await watchAllModels(server))];
  let isClosed = false;
  const started = Promise.all([watcher, ...contents].map((each) => each.started)).then(() => {
    if (!isClosed) server.directoryLoaded();
  });
  return {
    started,
    get isDirectoryRefused() {
      return watcher.isRefused;
    },
    async reload() {
      await Promise.all([watcher.reload(), ...contents.map((content) => content.passOnNow())]);
    },
    async close() {
      isClosed = true;
      for (const content of contents) content.close();
      await watcher.close();
    },
  };
}

function watchTls({ log, metrics, listener, context }: RunningServer): ContentWatch[] {
  const { tls } = context.config;
  if (tls === undefined) return [];
  const onVerdict = (isRefused: boolean) => metrics.setRefused('certificate', isRefused);
  return [watchCertificate({ files: tls, listener, onVerdict, now: context.now, log })];
}

function watchBrand({ log, context }: RunningServer): ContentWatch[] {
  const file = context.config.branding.logo;
  const { logo } = context.brand;
  return file === undefined || logo === undefined ? [] : [watchLogo({ file, logo, log })];
}

/** Imports the reader of models only where there are some: most servers have none, and a start is to be quick. */
async function watchAllModels({ log, typedClients, context }: RunningServer): Promise<ContentWatch[]> {
  const { models } = context.config;
  if (models.length === 0) return [];
  const { watchModels } = await import('./typed-clients/watch-models.ts');
  return models.map((directory) => watchModels({ directory, typedClients, log }));
}
