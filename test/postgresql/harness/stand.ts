import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import {
  lineReader,
  runLatchkey,
  spawnLatchkey,
} from '../../../packages/server/src/cli/testing/child-process.ts';
import { temporaryFolder } from '../../../packages/server/src/fixtures/temporary-folder.ts';
import type { Instance } from '../../../packages/server/src/http/testing/api.ts';
import { hashPassword } from '../../../packages/server/src/people/password.ts';
import { PlainBrowser } from '../../../packages/server/src/web/testing/plain-browser.ts';
import { newDatabase } from './database.ts';
import { skipWithoutPostgresql } from './programs.ts';

/** Of alice. */
export const PASSWORD = 'correct-horse-battery-staple';
/** Both servers take it, as those behind one load balancer do. */
export const START_URL = 'https://sso.example.com/start';

interface ServeOptions {
  readonly port?: number;
  readonly more?: readonly string[];
  readonly commandPrefix?: readonly string[];
}

/** A store in PostgreSQL, and the servers and commands that use it. */
export class Stand {
  readonly env: Record<string, string>;
  readonly url: string;
  readonly secret = randomBytes(32).toString('base64');
  /** All that commands and servers have written. */
  output = '';
  readonly #folder: string;
  readonly #t: TestContext;

  constructor(t: TestContext, folder: string, url: string) {
    this.#t = t;
    this.#folder = folder;
    this.url = url;
    this.env = { LATCHKEY_STORE: url, LATCHKEY_MASTER_SECRET: this.secret };
  }

  async run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const { code, stdout, stderr } = await runLatchkey(this.#folder, args, {
      env: { ...this.env, ...env },
      input: PASSWORD, // read by commands that ask for a new password
    });
    this.output += stdout + stderr;
    return { code, stdout, stderr };
  }

  /** Makes the store, as a person does who was told the check word. */
  async init(): Promise<void> {
    const asked = await this.run(['store', 'init']);
    assert.equal(asked.code, 2, asked.stderr);
    const word = /--check-word (\w{5}-\w{5})/.exec(asked.stderr)?.[1] ?? '';
    const made = await this.run(['store', 'init', '--check-word', word]);
    assert.equal(made.code, 0, made.stderr);
  }

  /** @param options.more - more arguments */
  async serve(
    dataDir: string,
    env: Readonly<Record<string, string>> = {},
    { port = 0, more = [], commandPrefix = [] }: ServeOptions = {},
  ) {
    const args = ['serve', '--port', String(port), '--data-dir', dataDir, ...more];
    const child = spawnLatchkey(this.#folder, args, { ...this.env, ...env }, commandPrefix);
    this.#t.after(() => child.kill('SIGKILL'));
    const log = buffer(child.stderr);
    const [line, url = ''] = await lineReader(child.stdout)(/^Latchkey is ready: (http:\/\/localhost:\d+).*/);
    this.output += line;
    return {
      url,
      startUrl: START_URL,
      /** Lets it rest where it is, or go on. */
      signal: (name: 'SIGSTOP' | 'SIGCONT') => void child.kill(name),
      stop: async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
        const closed = once(child, 'close');
        child.kill(signal);
        await closed;
        const text = (await log).toString();
        this.output += text;
        return text;
      },
    };
  }

  /** What the store's password and master secret are not in: output, logs, and the files of the data folders. */
  assertNoSecret(): void {
    const { password } = new URL(this.url);
    const files = readdirSync(this.#folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'));
    for (const text of [this.output, ...files]) {
      for (const secret of [password, decodeURIComponent(password), this.secret, this.url])
        assert.ok(!text.includes(secret), `a secret is in: ${text.slice(0, 500)}`);
    }
  }
}

export function testStand(
  name: string,
  body: (stand: Stand, folder: string) => Promise<void>,
  { skip = false }: { readonly skip?: string | false } = {},
): void {
  test(name, { skip: skipWithoutPostgresql || skip }, async (t) => {
    using folder = temporaryFolder();
    await using database = await newDatabase();
    const passwordHash = await hashPassword(PASSWORD);
    const config = {
      shutdown: { drain: '0s' },
      instance: { startUrls: [START_URL] },
      users: [{ userName: 'alice', passwordHash }],
      accounts: [{ id: '111122223333', name: 'Sandbox' }],
      permissionSets: [{ name: 'Developer' }],
      assignments: [{ users: ['alice'], accounts: ['111122223333'], permissionSets: ['Developer'] }],
    };
    const file = path.join(folder.path, 'latchkey.yaml');
    writeFileSync(file, JSON.stringify(config));
    chmodSync(file, 0o600);
    await body(new Stand(t, folder.path, database.url), folder.path);
  });
}

/** Signs alice in with a browser, and lets her allow a device. */
export async function allow({ url }: Instance, userCode: string): Promise<void> {
  const clock = { now: () => 0 }; // no cookie ends before the test
  const browser = new PlainBrowser({ url, clock });
  const { hidden } = await browser.get('/sign-in');
  await browser.post('/sign-in', { ...hidden, user_name: 'alice', password: PASSWORD });
  const { location = '' } = await browser.get(`/device?user_code=${userCode}`);
  const question = await browser.get(location);
  const answer = { ...question.hidden, decision: 'allow', confirmation: userCode.slice(-4) };
  const answered = await browser.post('/device', answer);
  assert.equal(answered.status, 303, answered.text);
}
