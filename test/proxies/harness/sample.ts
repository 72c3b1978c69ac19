import { readFileSync } from 'node:fs';
import path from 'node:path';

const guide = readFileSync(path.join(import.meta.dirname, '../../../docs/reverse-proxies.md'), 'utf8');

/** What stands in for the ports and files of the guide. */
export interface Stand {
  readonly httpsPort: number;
  readonly latchkeyPort: number;
  /** PEM files; `bundleFile` has the certificate and the key. */
  readonly certFile: string;
  readonly keyFile: string;
  readonly bundleFile: string;
  /** Where files of the proxy's own are put. */
  readonly folder: string;
}

/**
 * Reads a file that the guide shows, and puts other ports and paths into it. Every other byte stays as it is.
 *
 * @param name - its path, which the guide has in its first line
 */
export function sampleOf(name: string, stand: Stand): string {
  const samples = Array.from(guide.matchAll(/^```\w+\n(# (\S+)\n.*?)^```$/gms));
  const [, text] = samples.find(([, , each]) => each === name) ?? [];
  if (text === undefined)
    throw new Error(`Read the sample ${name}: docs/reverse-proxies.md has none of that name`);
  return text
    .replaceAll(/\b443\b/g, String(stand.httpsPort))
    .replaceAll(/\b8484\b/g, String(stand.latchkeyPort))
    .replaceAll('/etc/ssl/sso.example.com.pem', stand.certFile)
    .replaceAll('/etc/ssl/sso.example.com.key', stand.keyFile)
    .replaceAll('/etc/haproxy/sso.example.com.pem', stand.bundleFile)
    .replaceAll('/etc/traefik/', `${stand.folder}/`);
}

/** The settings of Latchkey that the guide shows, with the port at which the test reaches the proxy. */
export function settingsOfGuide(httpsPort: number): string {
  const [, settings] = /^```yaml\n(baseUrl: .*?)^```$/ms.exec(guide) ?? [];
  if (settings === undefined) throw new Error('Read the settings: docs/reverse-proxies.md shows none');
  return settings.replace('https://sso.example.com', `https://sso.example.com:${httpsPort}`);
}
