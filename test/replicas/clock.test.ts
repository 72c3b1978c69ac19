import assert from 'node:assert/strict';
// wall-clock: a server compares its clock with the database's every 20 seconds of the machine's time
import { setTimeout } from 'node:timers/promises';
import { post } from '../../packages/server/src/http/testing/api.ts';
import { testStand } from '../postgresql/harness/stand.ts';

testStand(
  "a server whose clock is more than 5 s from the database's is not ready, and is ready again once it agrees",
  async (stand) => {
    await stand.init();
    const server = await stand.serve('data', {}, { more: ['--testing'] });
    const advance = (advanceSeconds: number) => post(server, '/testing/clock', { advanceSeconds });
    const until = async (status: number) => {
      for (;;) {
        const answer = await fetch(`${server.url}/readyz`);
        const text = await answer.text();
        if (answer.status === status) return text;
        // wall-clock: asks again until it has compared them
        await setTimeout(250);
      }
    };
    assert.equal(await until(200), 'ok\n');
    await advance(6);
    assert.match(
      await until(503),
      /^The clock of this machine is \d+(\.\d)? s ahead of the database's: set both by NTP\n$/,
    );
    await advance(-6);
    assert.equal(await until(200), 'ok\n');
    assert.match(await server.stop(), /Not ready\. The clock .*Ready again/s);
  },
);
