import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProgram, RunningProgram } from '../../interop/harness/program.ts';
import { type Stand, sampleOf } from './sample.ts';

/** A reverse proxy that the guide has a sample for. */
export interface ReverseProxy {
  readonly name: string;
  readonly program: string;
  /** Where it comes from, when it is not there. */
  readonly source: string;
  /** Writes its files. @returns the arguments to start it with */
  readonly write: (sample: ReadSample, stand: Stand) => readonly string[];
}

/** Reads a file of the guide, with the ports and paths of the stand. */
type ReadSample = (name: string) => string;

export const proxies: readonly ReverseProxy[] = [
  {
    name: 'nginx',
    program: 'nginx',
    source: "Debian's package nginx",
    write(sampleOf, stand) {
      const sample = file(stand, 'latchkey.conf', sampleOf('/etc/nginx/conf.d/latchkey.conf'));
      // What Debian's own nginx.conf is around it, without a daemon and in another folder.
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (each) => `  ${each}_temp_path ${stand.folder}/${each};`,
      );
      const main = file(
        stand,
        'nginx.conf',
        `daemon off;
pid ${stand.folder}/nginx.pid;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
${temporary.join('\n')}
  access_log off;
  include ${sample};
}
`,
      );
      return ['-p', stand.folder, '-e', 'stderr', '-c', main];
    },
  },
  {
    name: 'Caddy',
    program: 'caddy',
    source: "Debian's package caddy",
    write(sampleOf, stand) {
      const sample = sampleOf('/etc/caddy/Caddyfile');
      // Caddy would also listen on its port for administration, and on port 80.
      const main = file(stand, 'Caddyfile', `{\n  admin off\n  auto_https disable_redirects\n}\n${sample}`);
      return ['run', '--adapter', 'caddyfile', '--config', main];
    },
  },
  {
    name: 'HAProxy',
    program: 'haproxy',
    source: "Debian's package haproxy",
    write(sampleOf, stand) {
      return ['-db', '-f', file(stand, 'haproxy.cfg', sampleOf('/etc/haproxy/haproxy.cfg'))];
    },
  },
  {
    name: 'Traefik',
    program: 'traefik',
    source: 'its own site; Debian does not have it',
    write(sampleOf, stand) {
      file(stand, 'latchkey.yaml', sampleOf('/etc/traefik/latchkey.yaml'));
      const main = file(stand, 'traefik.yaml', sampleOf('/etc/traefik/traefik.yaml'));
      return [`--configFile=${main}`];
    },
  },
];

/** The path of a proxy's program; Debian has some where only root looks. */
export function programOf({ program }: ReverseProxy): string | undefined {
  return findProgram(program) ?? findProgram(path.join('../sbin', program));
}

/** Starts a proxy in the folder of its stand. @param change - changes its samples */
export function startProxy(
  proxy: ReverseProxy,
  stand: Stand,
  change: (sample: string) => string = String,
): RunningProgram {
  const program = programOf(proxy);
  if (program === undefined) throw new Error(`Start ${proxy.name}: found no ${proxy.program} on the PATH`);
  const env = { PATH: process.env['PATH'], HOME: stand.folder, XDG_DATA_HOME: stand.folder };
  return new RunningProgram([program, ...proxy.write((name) => change(sampleOf(name, stand)), stand)], {
    cwd: stand.folder,
    env,
  });
}

function file({ folder }: Stand, name: string, text: string): string {
  const where = path.join(folder, name);
  writeFileSync(where, text);
  return where;
}
