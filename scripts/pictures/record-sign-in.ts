import type { Page } from 'playwright-core';
import { RunningProgram } from '../../test/interop/harness/program.ts';
import type { PageShots, Shots } from './page-shots.ts';
import type { Instance } from './start-instance.ts';

/** What somebody sees who signs in, in its order. */
export interface Recording {
  readonly userCode: string;
  /** Address of the page that asks, shortened. */
  readonly url: string;
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly typed: string }
  | { readonly printed: string }
  /** The page, as WebP. One of them is for where the picture doesn't move. */
  | { readonly page: Shots; readonly isForStill?: true };

const LOGIN = 'aws sso login --profile latchkey --use-device-code --no-browser';
const WHO = 'aws sts get-caller-identity --profile latchkey';

/** Signs alice in with the AWS CLI and a browser. */
export async function recordSignIn({ env, password }: Instance, shots: PageShots): Promise<Recording> {
  await using login = inTerminal(LOGIN, env);
  const [asked, url = ''] = await login.prints(/^Browser will.*upon loading:\s+(\S+)/ms);
  const [userCode = ''] = /\b[A-Z]{4}-[A-Z]{4}\b/.exec(asked) ?? [];
  await using page = await shots.open(url);
  await page.getByLabel('User name').fill('alice');
  await page.getByLabel('Password').fill(password);
  const signIn = await shots.takeSmall(page);
  await press(page, 'Sign in', 'Allow this sign-in?');
  const shownUrl = page.url().replace(/(?<=\?request=\w{8}).*/, '…');
  const question = await shots.takeSmall(page);
  await page.getByLabel('last 4 letters').fill(userCode.slice(-4));
  await page.getByRole('button', { name: 'Allow', exact: true }).hover();
  const scrolled = await shots.takeSmall(page);
  await press(page, 'Allow', 'Allowed');
  const answer = await shots.takeSmall(page);
  const { stdout } = await login.finished;
  const [done = ''] = /^Successfully.*$/m.exec(stdout) ?? [];
  await using who = inTerminal(WHO, env);
  const { stdout: identity } = await who.finished;
  return {
    userCode,
    url: shownUrl,
    steps: [
      { typed: LOGIN },
      { printed: asked },
      { page: signIn },
      { page: question, isForStill: true },
      { page: scrolled },
      { page: answer },
      { printed: done },
      { typed: WHO },
      { printed: identity },
    ],
  };
}

/** Runs a command in a terminal (pseudo-terminal of util-linux), in which programs print as they do for a person. */
function inTerminal(command: string, env: Instance['env']): RunningProgram {
  return new RunningProgram(['script', '-qefc', command, '/dev/null'], { env, cwd: env['HOME'] ?? '' });
}

async function press(page: Page, button: string, heading: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('heading', { name: heading }).waitFor();
}
