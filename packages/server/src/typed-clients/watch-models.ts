import { hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { listModelFiles } from '@latchkey/smithy';
import { explainFileError } from '../files/file-error.ts';
import { type ContentWatch, watchContent } from '../files/watch-content.ts';
import type { WatchFolder } from '../files/watch-path.ts';
import type { MessageLog } from '../log/logger.ts';
import type { TypedClients } from './routes.ts';

/** Interval at which the files are compared with those that were read: all models of AWS are 400 files. */
const COMPARE_EVERY_MS = 60_000;

/** Serves typed clients from the models in a directory as they are, also when a link in its path leads elsewhere. */
export function watchModels(options: {
  /** Absolute path. */
  readonly directory: string;
  readonly typedClients: Pick<TypedClients, 'forget'>;
  readonly log: MessageLog;
  readonly watchFolder?: WatchFolder;
}): ContentWatch {
  const { directory, typedClients, log, watchFolder } = options;
  return watchContent({
    paths: [directory],
    tree: true,
    name: `the models in ${directory}`,
    digest: () => digestOf(directory),
    async onChange() {
      await typedClients.forget();
      try {
        const files = await listModelFiles(directory);
        log.info(`The models in ${directory} were read again (files: ${files.length})`);
      } catch (error) {
        log.error(
          `The models in ${directory} cannot be read: ${explainFileError(error)}. Their clients are not served until they can be`,
        );
      }
    },
    compareEveryMs: COMPARE_EVERY_MS,
    log,
    ...(watchFolder && { watchFolder }),
  });
}

/** Of names, times and sizes: models are too large to be read each time. A file that is replaced has another number, too. */
async function digestOf(directory: string): Promise<string> {
  const versions: string[] = [];
  for (const file of await listModelFiles(directory)) {
    const { size, mtimeMs, ctimeMs, ino } = await stat(file);
    versions.push([file, size, mtimeMs, ctimeMs, ino].join(' '));
  }
  return hash('sha256', versions.toSorted().join('\n'));
}
