/**
 * Makes the clients ready: `node test/interop/prepare.ts [folder...]`, all of them by default.
 *
 * What is missing on the machine comes from Debian's packages where this runs as root; a client that still lacks
 * something is skipped with the reason. Then the run fails in CI, and where the client was named.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Client, cacheDir, clients, interopDir } from './harness/clients.ts';
import { findProgram, run } from './harness/program.ts';
import { isPrepared, recordPrepared } from './harness/readiness.ts';

/** Only what Debian has in versions recent enough for the clients. */
const debianPackages: Readonly<Record<string, readonly string[]>> = {
  '/usr/bin/aws': ['awscli'],
  chromium: ['chromium'],
  ip: ['iproute2'],
  javac: ['default-jdk-headless'],
  mvn: ['maven'],
  protoc: ['protobuf-compiler', 'libprotobuf-dev'],
  unzip: ['unzip'],
};

type Outcome = { readonly kind: 'ready' | 'skipped' | 'failed'; readonly detail: string };

async function installFromDebian(programs: readonly string[]): Promise<void> {
  const missing = programs.filter((name) => findProgram(name) === undefined);
  const packages = missing.flatMap((name) => debianPackages[name] ?? []);
  if (packages.length === 0 || process.getuid?.() !== 0 || findProgram('apt-get') === undefined) return;
  console.log(`Debian packages: installing ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (...args: readonly string[]) => run(['apt-get', ...args], { env });
  const install = (...names: readonly string[]) =>
    aptGet('install', '-qq', '--no-install-recommends', ...names);
  await aptGet('update', '-qq');
  if ((await install(...packages)).exitCode === 0) return;
  // apt-get installs all or nothing: one package that is not to be had must not keep the others out.
  for (const name of packages) {
    const { exitCode, stderr } = await install(name);
    if (exitCode !== 0) console.log(`Debian packages: ${name} could not be installed\n${stderr}`);
  }
}

async function prepare(client: Client): Promise<Outcome> {
  if (await isPrepared(client)) return { kind: 'ready', detail: 'already prepared' };
  const missing = client.needs.filter((name) => findProgram(name) === undefined);
  if (missing.length > 0) return { kind: 'skipped', detail: `${missing.join(', ')} not found on the PATH` };
  const cwd = path.join(interopDir, client.folder);
  if (client.check !== undefined) {
    const { exitCode, stderr } = await run(client.check, { cwd });
    if (exitCode !== 0) return { kind: 'skipped', detail: stderr.trim() };
  }
  // wall-clock: told to whoever waits, and compared with nothing
  const startedAt = performance.now();
  // unzip makes one level of folders only.
  mkdirSync(cacheDir, { recursive: true });
  for (const command of client.prepare) {
    const { exitCode, stdout, stderr } = await run(command, { cwd });
    if (exitCode !== 0) {
      return { kind: 'failed', detail: `"${command.join(' ')}" exited with ${exitCode}\n${stdout}${stderr}` };
    }
  }
  await recordPrepared(client);
  // wall-clock: told to whoever waits, and compared with nothing
  const seconds = (performance.now() - startedAt) / 1000;
  return { kind: 'ready', detail: `prepared in ${seconds.toFixed(1)} s` };
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((folder) => clients.every((client) => client.folder !== folder));
if (unknown.length > 0) {
  console.error(
    `Prepare clients: no client "${unknown.join('", "')}", expected some of ${clients.map(({ folder }) => folder).join(', ')}`,
  );
  process.exit(2);
}
const chosen = clients.filter(({ folder }) => wanted.length === 0 || wanted.includes(folder));
await installFromDebian(['chromium', ...chosen.flatMap(({ needs }) => needs)]);
const outcomes = await Promise.all(
  chosen.map(async (client) => {
    const outcome = await prepare(client);
    console.log(`${client.name}: ${outcome.kind === 'ready' ? '' : `${outcome.kind}: `}${outcome.detail}`);
    return outcome;
  }),
);
// Who names a client wants it.
const mayBeSkipped = process.env['CI'] === undefined && wanted.length === 0;
const acceptable = mayBeSkipped ? ['ready', 'skipped'] : ['ready'];
process.exitCode = outcomes.every(({ kind }) => acceptable.includes(kind)) ? 0 : 1;
