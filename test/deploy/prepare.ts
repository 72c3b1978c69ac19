/**
 * Installs what checks the files of `deploy/`, where this runs as root: `node test/deploy/prepare.ts`. Debian's buildah and
 * prometheus, and the schemas of Kubernetes and Compose; and builds the package that the image has.
 */
import { findProgram, run } from '../interop/harness/program.ts';
import { root, toolsFolder } from './harness.ts';

const packages = [...missing('buildah', 'buildah'), ...missing('promtool', 'prometheus')];
if (packages.length > 0 && process.getuid?.() === 0 && findProgram('apt-get') !== undefined) {
  console.log(`Debian packages: installing ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(['apt-get', 'update', '-qq'], { env });
  const install = ['apt-get', 'install', '-qq', '--no-install-recommends', ...packages] as const;
  const { exitCode, stderr } = await run(install, { env });
  if (exitCode !== 0) console.log(`Debian packages: apt-get failed\n${stderr}`);
}
const installed = await run(['npm', 'ci', '--ignore-scripts'], { cwd: toolsFolder });
if (installed.exitCode !== 0) console.log(`Install the schemas: npm ci failed\n${installed.stderr}`);
const built = await run(['npm', 'run', 'build'], { cwd: root });
if (built.exitCode !== 0)
  console.log(`Build the package: npm run build failed\n${built.stdout}${built.stderr}`);

function missing(program: string, debianPackage: string): readonly string[] {
  return findProgram(program) === undefined ? [debianPackage] : [];
}
