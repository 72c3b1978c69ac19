import { hash, type X509Certificate } from 'node:crypto';
import type { Config } from '../config/config.ts';
import { type ContentWatch, watchContent } from '../files/watch-content.ts';
import type { WatchFolder } from '../files/watch-path.ts';
import type { MessageLog } from '../log/logger.ts';
import { type Certificate, inspectCertificate, readCertificate } from './certificate.ts';
import type { Listener } from './listen.ts';

/** Interval at which the files are compared with what is served. */
const COMPARE_EVERY_MS = 10_000;

/**
 * Serves a renewed certificate as soon as both files are there. A pair that is broken, or is not valid now although the one in
 * use is, is refused: the one in use stays.
 *
 * @param options.now - milliseconds since the Unix epoch
 */
export function watchCertificate(options: {
  readonly files: NonNullable<Config['tls']>;
  readonly listener: Pick<Listener, 'certificate' | 'replaceCertificate'>;
  /** Told at the start and after each reading whether the files are refused, so that another certificate is in use. */
  readonly onVerdict: (isRefused: boolean) => void;
  readonly now: () => number;
  readonly log: MessageLog;
  readonly watchFolder?: WatchFolder;
}): ContentWatch {
  const { files, listener, onVerdict, now, log, watchFolder } = options;
  const { certificate: atStart } = listener;
  let inUse = atStart && inspectCertificate(atStart, files);
  warnIfInvalid(inUse);
  onVerdict(false);

  function warnIfInvalid(certificate: X509Certificate | undefined): void {
    const problem = certificate && findInvalidity(certificate, now());
    if (problem !== undefined) log.warn(`The certificate that is served is not valid: ${problem}`);
  }

  async function replace(): Promise<void> {
    try {
      const certificate = await readCertificate(files);
      const inspected = inspectCertificate(certificate, files);
      const problem = findInvalidity(inspected, now());
      if (problem !== undefined && inUse !== undefined && findInvalidity(inUse, now()) === undefined) {
        throw new Error(problem);
      }
      listener.replaceCertificate(certificate);
      inUse = inspected;
      onVerdict(false);
      log.info(`The certificate was read again (${describe(inspected)})`);
      warnIfInvalid(inspected);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      onVerdict(true);
      log.error(`REFUSED: the certificate in ${files.certFile}: ${reason}. The one in use stays`);
    }
  }

  return watchContent({
    paths: [files.certFile, files.keyFile],
    name: 'the certificate',
    digest: async () => digestOf(await readCertificate(files)),
    ...(atStart && { inUse: digestOf(atStart) }),
    onChange: replace,
    compareEveryMs: COMPARE_EVERY_MS,
    log,
    ...(watchFolder && { watchFolder }),
  });
}

function digestOf({ cert, key }: Certificate): string {
  return `${hash('sha256', cert)} ${hash('sha256', key)}`;
}

function findInvalidity({ validFromDate, validToDate }: X509Certificate, nowMs: number): string | undefined {
  if (nowMs < validFromDate.getTime()) return `it is valid from ${validFromDate.toISOString()} only`;
  if (nowMs > validToDate.getTime()) return `it was valid until ${validToDate.toISOString()} only`;
  return undefined;
}

/** For people: a certificate has a name for each host, sometimes very many. */
function describe({ subjectAltName, subject, validToDate }: X509Certificate): string {
  const names = (subjectAltName ?? subject).replaceAll('\n', ' ');
  const short = names.length > 200 ? `${names.slice(0, 200)}…` : names;
  return `${short}, valid until ${validToDate.toISOString()}`;
}
