import { type ContentWatch, watchContent } from '../files/watch-content.ts';
import type { WatchFolder } from '../files/watch-path.ts';
import type { MessageLog } from '../log/logger.ts';
import { type Logo, readLogo } from './logo.ts';

/** Interval at which the file is compared with the logo that pages show. */
const COMPARE_EVERY_MS = 60_000;

/** Says in the log when the file has another logo than the pages: these keep theirs until a restart, as with every setting. */
export function watchLogo(options: {
  /** Absolute path. */
  readonly file: string;
  /** The one that pages show. */
  readonly logo: Logo;
  readonly log: MessageLog;
  readonly watchFolder?: WatchFolder;
}): ContentWatch {
  const { file, logo, log, watchFolder } = options;

  async function tell(): Promise<void> {
    try {
      if (readLogo(file).query === logo.query) log.info('The logo is again the one that pages show');
      else log.warn(`The logo in ${file} has changed, which needs a restart. Restart to show it`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error(
        `REFUSED: the logo ${file} ${reason}. Pages keep the one in use, but the next start would fail`,
      );
    }
  }

  return watchContent({
    paths: [file],
    name: 'the logo',
    digest: async () => readLogo(file).query,
    inUse: logo.query,
    onChange: tell,
    compareEveryMs: COMPARE_EVERY_MS,
    log,
    ...(watchFolder && { watchFolder }),
  });
}
