import { mkdirSync } from 'node:fs';
import manifest from '../../../package.json' with { type: 'json' };
import { keepEvents } from '../../audit/kept-events.ts';
import { applyConfiguration } from '../../config/apply-configuration.ts';
import { applyFormerDirectory } from '../../config/apply-former-directory.ts';
import type { Config } from '../../config/config.ts';
import { DirectoryGuard } from '../../config/directory-guard.ts';
import { ensureInstanceId } from '../../config/instance-id.ts';
import { type ConfigSources, loadSettings } from '../../config/load-config.ts';
import { loadForStart, type StartConfig } from '../../config/load-for-start.ts';
import type { CommandDirectory } from '../../control/command-directory.ts';
import { openStoreDirectory } from '../../control/store-directory.ts';
import { type InstanceData, openDataFolder } from '../../data-folder.ts';
import type { LinkMail } from '../../mail/link-mail.ts';
import { explainClockDifference } from '../../store/clock-watch.ts';
import type { Store } from '../../store/store.ts';

export interface LocalDirectory {
  readonly directory: CommandDirectory;
  close(): Promise<void>;
}

/**
 * Opens the directory without a server: in the data folder, with what the configuration declares, as a server would have it; or
 * in PostgreSQL, as it is there, because servers apply the configuration to it.
 *
 * @throws {ConfigError} when the configuration is not valid
 * @throws {FolderLockedError} while a server runs with the folder
 * @throws {StoreError} when PostgreSQL cannot be used
 */
export async function openLocalDirectory(sources: ConfigSources): Promise<LocalDirectory> {
  const settings = (await loadSettings(sources)).config;
  if (settings.store !== undefined) return openSharedDirectory(settings, settings.store);
  const { readDirectory, ...begun } = await loadForStart(sources);
  const start = readDirectory === undefined ? begun : { ...begun, directory: await readDirectory() };
  const { config } = start.loaded;
  const folder = openDataFolder(config.dataDir, { nowMs: Date.now(), warn, storeOptions: {} });
  try {
    const instanceId = await ensureInstanceId(config);
    const { store } = folder;
    await applyStart(start, { store, instanceId, warn });
    return await describe(config, instanceId, folder);
  } catch (error) {
    await folder.close();
    throw error;
  }
}

async function openSharedDirectory(config: Config, url: string): Promise<LocalDirectory> {
  const instanceId = await ensureInstanceId(config);
  const { openInstanceStore } = await import('../../store/postgresql/open-instance-store.ts');
  const store = await openInstanceStore(url, instanceId, {
    now: Date.now,
    onOutdated: ({ message }) => warn(message),
    onClock(differenceMs) {
      const warning = explainClockDifference(differenceMs);
      if (warning !== undefined) warn(warning);
    },
    // The command ends before anything in the background matters.
    onFailure: () => undefined,
  });
  // For what the command does, which the next start of a server puts into its log.
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  return describe(config, instanceId, { store, close: () => store.close() });
}

async function describe(
  config: Config,
  instanceId: string,
  { store, close }: Pick<InstanceData, 'store' | 'close'>,
): Promise<LocalDirectory> {
  const { dataDir, file, baseUrl } = config;
  const host = { release: manifest.version, instanceId, ...(file !== undefined && { configFile: file }) };
  const audit = keepEvents(dataDir, Date.now);
  const linkMail = await openMail(config);
  return { directory: openStoreDirectory({ store, audit, now: Date.now, host, baseUrl, linkMail }), close };
}

/** What sends a link, where there is a mail server: the command waits for it, and says what became of it. */
async function openMail(config: Config): Promise<LinkMail | undefined> {
  if (config.smtp === undefined) return undefined;
  const [{ Mailer }, { openLinkMail }] = await Promise.all([
    import('../../mail/mailer.ts'),
    import('../../mail/link-mail.ts'),
  ]);
  return openLinkMail(new Mailer(config.smtp, { count() {}, warn() {} }), config);
}

function warn(message: string): void {
  console.error(`Warning: ${message}`);
}

/** Without a configuration, the directory stays as it is: perhaps the command runs in another folder than the server. */
async function applyStart(
  { loaded, directory }: StartConfig,
  options: {
    readonly store: Store;
    readonly instanceId: string;
    readonly warn: (message: string) => void;
  },
): Promise<void> {
  const { dataDir, file } = loaded.config;
  const guard = DirectoryGuard.open(dataDir, options.warn);
  const log = { info() {}, warn: options.warn, error: options.warn };
  const parts = { ...options, guard, now: Date.now, log };
  await applyFormerDirectory(dataDir, parts);
  if (directory === undefined) return;
  const isConfigured = file !== undefined || directory.facts.counts.users > 0;
  const digest = (await options.store.findSource('file'))?.digest;
  const isApplied = digest !== undefined && Buffer.compare(digest, directory.facts.digest) === 0;
  if (isConfigured && !isApplied) await applyConfiguration(directory, parts);
  await directory.close();
}
