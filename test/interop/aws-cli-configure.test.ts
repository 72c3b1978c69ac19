import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { awsJson, environmentOf, userCodeShownBy } from './harness/aws-cli.ts';
import { awsCli } from './harness/clients.ts';
import { startExample } from './harness/example.ts';
import { findProgram, RunningProgram } from './harness/program.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';

/** util-linux's `script` gives a program a terminal. */
const skipWithoutTerminal =
  process.platform === 'linux' && findProgram('script') !== undefined ? false : "needs util-linux's script";
const skip = (await skipUnlessPrepared(awsCli)) || skipWithoutTerminal;

test('aws configure sso finds the accounts and roles of a person without any configuration', {
  skip,
}, async () => {
  await using latchkey = await startExample();
  await rm(latchkey.configFile);
  const env = {
    ...environmentOf(latchkey),
    AWS_PROFILE: undefined,
    TERM: 'xterm',
    PROMPT_TOOLKIT_NO_CPR: '1',
  };
  const command = `${awsCli.command.join(' ')} configure sso --use-device-code --no-browser`;
  await using setup = new RunningProgram(['script', '--quiet', '--command', command, '/dev/null'], {
    env,
    keyboard: true,
    timeout: 10 * 60_000,
  });
  await answer(setup, 'SSO session name', 'latchkey');
  await answer(setup, 'SSO start URL', latchkey.startUrl);
  await answer(setup, 'SSO region', latchkey.region);
  await answer(setup, 'SSO registration scopes', '');
  await latchkey.approve(await userCodeShownBy(setup), 'alice');
  await answer(setup, 'There are 2 AWS accounts', downArrow);
  await answer(setup, 'There are 2 roles', downArrow);
  await answer(setup, 'client Region', latchkey.region);
  await answer(setup, 'output format', 'json');
  await answer(setup, 'Profile name', 'sandbox');
  await setup.finished;
  const { Arn } = await awsJson<{ Arn: string }>(env, 'sts', 'get-caller-identity', '--profile', 'sandbox');
  assert.match(Arn, /^arn:aws:sts::111111111111:assumed-role\/AWSReservedSSO_ReadOnly_[0-9a-f]{16}\/alice$/);
});

const downArrow = '\u001b[B';

/** Types an answer once the question is on the screen, and the cursor shown after it. */
async function answer(setup: RunningProgram, question: string, text: string): Promise<void> {
  await setup.prints(new RegExp(`${question}.*\u001b\\[\\?25h`, 's'));
  setup.type(`${text}\r`);
}
