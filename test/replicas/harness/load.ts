import assert from 'node:assert/strict';
// wall-clock: whoever is not answered asks again a little later
import { setTimeout } from 'node:timers/promises';
import {
  type Answer,
  type Credentials,
  type Instance,
  poll,
  portal,
  post,
  refresh,
} from '../../../packages/server/src/http/testing/api.ts';
import { typePassword } from '../../../packages/server/src/web/testing/factors.ts';
import { openDevice } from '../../../packages/server/src/web/testing/open-device.ts';
import { PlainBrowser } from '../../../packages/server/src/web/testing/plain-browser.ts';

/** A program that was signed in, and what it was answered last. */
interface Session {
  readonly client: Credentials;
  accessToken: string;
  refreshToken: string;
  isEnded: boolean;
}

interface Person {
  readonly userName: string;
  readonly password: string;
}

/** What became of the requests of one time. */
export interface Account {
  answered: number;
  /** Connections that broke, and answers of 5xx: each was asked again, as AWS SDKs do. */
  unanswered: Map<string, number>;
}

const DEVICES = 6;
const REFRESHES = 3;

/**
 * Devices that sign in, refresh and sign out at a load balancer, one sign-in after the other, and keep account of what they were answered.
 * A request that is not answered is made again, the same one, until it is.
 */
export class Load {
  readonly #instance: Instance;
  readonly #person: Person;
  readonly #sessions: Session[] = [];
  #account: Account = { answered: 0, unanswered: new Map() };
  #isRunning = false;
  #running: Promise<unknown> = Promise.resolve();
  #waiting: (() => void)[] = [];

  constructor(instance: Instance, person: Person) {
    this.#instance = instance;
    this.#person = person;
  }

  /**
   * Lets the devices ask while something happens, and finish the sign-in that each has begun.
   *
   * @returns what became of their requests
   * @throws what a device found wrong
   */
  async during(happens: () => Promise<unknown>): Promise<Account> {
    this.#account = { answered: 0, unanswered: new Map() };
    this.#isRunning = true;
    this.#running = Promise.all(Array.from({ length: DEVICES }, (_, number) => this.#useDevice(number)));
    this.#running.catch(() => this.#end());
    try {
      await happens();
    } finally {
      this.#end();
      await this.#running;
    }
    return this.#account;
  }

  /** Waits until so many more requests are answered. @throws what a device found wrong */
  async answered(more: number): Promise<void> {
    const enough = this.#account.answered + more;
    while (this.#account.answered < enough) {
      await Promise.race([new Promise<void>((resolve) => this.#waiting.push(resolve)), this.#running]);
    }
  }

  /**
   * Uses at each replica what each program was answered: whoever is signed in is let in, and gets new tokens; whoever signed out is
   * refused.
   *
   * @returns how many programs there are of each
   */
  async check(replicas: readonly Instance[]): Promise<{ readonly signedIn: number; readonly ended: number }> {
    for (const [index, session] of this.#sessions.entries()) {
      const refreshing = replicas[index % replicas.length]!;
      const answer = await refresh(refreshing, session.client, session.refreshToken);
      if (session.isEnded) assert.equal(answer.members['error'], 'invalid_grant', answer.text);
      else keepTokens(session, answer);
      for (const replica of replicas) {
        const { status } = await portal(replica, '/assignment/accounts', session.accessToken);
        assert.equal(status, session.isEnded ? 401 : 200, `of program ${index} at ${replica.url}`);
      }
    }
    const ended = this.#sessions.filter(({ isEnded }) => isEnded).length;
    return { signedIn: this.#sessions.length - ended, ended };
  }

  async #useDevice(number: number): Promise<void> {
    const ask = (what: string, send: () => Promise<Answer>) =>
      this.#until(what, async () => orThrow(await send()));
    const registration = {
      clientName: `device ${number}`,
      clientType: 'public',
      scopes: ['sso:account:access'],
    };
    const { members } = await ask('register', () => post(this.#instance, '/client/register', registration));
    const client = { clientId: String(members['clientId']), clientSecret: String(members['clientSecret']) };
    const request = { ...client, startUrl: this.#instance.startUrl };
    const browser = await this.#signIn();
    for (let round = number; this.#isRunning; round += 1) {
      const started = await ask('start', () => post(this.#instance, '/device_authorization', request));
      assert.equal(started.status, 200, started.text);
      const deviceCode = String(started.members['deviceCode']);
      // Signing out ends all that was allowed in the same browser, so what is to end has one of its own.
      const isToEnd = round % 2 === 0;
      const where = isToEnd ? await this.#signIn() : browser;
      await this.#until('allow', () => allow(where, String(started.members['userCode'])));
      const session: Session = { client, accessToken: '', refreshToken: '', isEnded: false };
      keepTokens(session, await ask('poll', () => poll(this.#instance, client, deviceCode)));
      for (let times = 0; times < REFRESHES; times += 1) {
        const { refreshToken } = session;
        keepTokens(session, await ask('refresh', () => refresh(this.#instance, client, refreshToken)));
        const { accessToken } = session;
        const checked = await ask('check', () => portal(this.#instance, '/assignment/accounts', accessToken));
        assert.equal(checked.status, 200, checked.text);
      }
      if (isToEnd) {
        const { accessToken } = session;
        const over = await ask('logout', () => portal(this.#instance, '/logout', accessToken, 'POST'));
        // 401: the answer to it was lost before.
        assert.ok([200, 401].includes(over.status), over.text);
        session.isEnded = true;
      }
      this.#sessions.push(session);
    }
  }

  /** @returns a browser in which the person has signed in */
  #signIn(): Promise<PlainBrowser> {
    // No cookie ends before the test.
    const browser = new PlainBrowser({ url: this.#instance.url, clock: { now: () => 0 } });
    return this.#until('sign in', async () => {
      const { status, location, text } = orThrow(await typePassword(browser, this.#person));
      assert.deepEqual([status, location], [303, '/'], text);
      return browser;
    });
  }

  /** Asks again until it is answered. */
  async #until<Result>(what: string, ask: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        const result = await ask();
        this.#account.answered += 1;
        this.#wake();
        return result;
      } catch (error) {
        const reason = reasonOf(error);
        if (reason === undefined) throw error;
        const key = `${what}: ${reason}`;
        this.#account.unanswered.set(key, (this.#account.unanswered.get(key) ?? 0) + 1);
        // wall-clock: AWS SDKs wait about so long before they ask again
        await setTimeout(200);
      }
    }
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #end(): void {
    this.#isRunning = false;
    this.#wake();
  }
}

/** Allows a device; where that was done before, and its answer was lost, the page says so. */
async function allow(browser: PlainBrowser, userCode: string): Promise<void> {
  const question = orThrow(await openDevice(browser, userCode));
  if (/<h1>You allowed this at/.test(question.text)) return;
  assert.equal(question.status, 200, question.text);
  const answer = { ...question.hidden, decision: 'allow', confirmation: userCode.slice(-4) };
  const answered = orThrow(await browser.post('/device', answer));
  assert.match(answered.location ?? '', /^\/device\/allowed/, answered.text);
}

class Unanswered extends Error {}

/** @throws {Unanswered} where the answer is that of a balancer or server that could not do it now */
function orThrow<Each extends { readonly status: number }>(answer: Each): Each {
  if ([502, 503, 504].includes(answer.status)) throw new Unanswered(String(answer.status));
  return answer;
}

/** Why a request was not answered; `undefined` for everything else. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof Unanswered) return error.message;
  // What `fetch` throws where a connection breaks.
  if (error instanceof TypeError && error.cause instanceof Error)
    return String(Object(error.cause).code ?? error.cause.message);
  return undefined;
}

function keepTokens(session: Session, { status, members, text }: Answer): void {
  assert.equal(status, 200, text);
  session.accessToken = String(members['accessToken']);
  session.refreshToken = String(members['refreshToken']);
}
