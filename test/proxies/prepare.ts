/**
 * Installs the reverse proxies that Debian has, where this runs as root and they are missing: `node test/proxies/prepare.ts`.
 */
import { findProgram, run } from '../interop/harness/program.ts';
import { programOf, proxies } from './harness/proxies.ts';

const missing = proxies.filter((proxy) => proxy.program !== 'traefik' && programOf(proxy) === undefined);
if (missing.length > 0 && process.getuid?.() === 0 && findProgram('apt-get') !== undefined) {
  const packages = missing.map(({ program }) => program);
  console.log(`Debian packages: installing ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(['apt-get', 'update', '-qq'], { env });
  const install = ['apt-get', 'install', '-qq', '--no-install-recommends', ...packages] as const;
  const { exitCode, stderr } = await run(install, { env });
  if (exitCode !== 0) console.log(`Debian packages: apt-get failed\n${stderr}`);
}
