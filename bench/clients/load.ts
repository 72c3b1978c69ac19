/**
 * Makes many calls at once, and prints how many it made and their cost: `node load.ts CLIENT CONCURRENCY SECONDS`. Warms up
 * for as long as it measures, so that all code is compiled.
 */
import { pathToFileURL } from 'node:url';

const [, , file = '', concurrency, seconds] = process.argv;
const { call }: { call: () => Promise<unknown> } = await import(pathToFileURL(file).href);

async function run(milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds;
  let made = 0;
  async function callOn(): Promise<void> {
    while (performance.now() < end) {
      await call();
      made += 1;
    }
  }
  await Promise.all(Array.from({ length: Number(concurrency) }, callOn));
  return made;
}

await run(Number(seconds) * 1000);
const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
const made = await run(Number(seconds) * 1000);
const tookMs = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpuBefore);
console.log(JSON.stringify({ perSecond: (made * 1000) / tookMs, cpuMs: (user + system) / 1000 / made }));
process.exit();
