import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TestContext } from '../../fixtures/test-context.ts';
import { origin } from '../../fixtures/test-context.ts';
import type { IncomingRequest } from '../../http/route.ts';
import { handleLogout } from '../../sso/logout.ts';
import { apply } from '../../store/testing/directory/fixtures.ts';
import type { Client } from '../client.ts';
import { GrantError } from '../grant-error.ts';
import { MAX_ROTATIONS_IN_GRACE } from '../rotation.ts';
import { findAccess, type IssuedTokens } from '../tokens.ts';
import { refresh, register, signInWithDevice } from './steps.ts';

const GRACE_MS = 60_000;
const ACCESS_MS = 3_600_000;
const SESSION_MS = 8 * 3_600_000;
/** The longest history; most have half as many steps. */
const MAX_COMMANDS = 120;
const HISTORIES_AT_ONCE = 20;

/** The tokens of one generation of a session. */
interface Generation {
  readonly beganAtMs: number;
  /** What the program was given; `undefined` where the answer was lost. */
  tokens: { readonly accessToken: string; readonly refreshToken: string } | undefined;
}

/** What is expected of one session. */
interface Session {
  readonly personVersion: number;
  readonly endsAtMs: number;
  readonly generations: Generation[];
  isEnded: boolean;
}

/** What is expected of all sessions of a person. */
interface Model {
  nowMs: number;
  /** Counts what ends everything that the person began: blocks, and sign-outs everywhere. */
  personVersion: number;
  isBlocked: boolean;
  readonly sessions: Session[];
}

/** The replicas of an instance: they share a store, and their clocks agree. */
interface Real {
  readonly replicas: readonly TestContext[];
  readonly client: Client;
}

type Command = fc.AsyncCommand<Model, Real>;

function isOpen({ nowMs, personVersion }: Model, session: Session): boolean {
  return !session.isEnded && session.personVersion === personVersion && session.endsAtMs > nowMs;
}

/** @returns the position of the generation that is chosen, among those whose tokens the program has */
function choose(session: Session, choice: number): number {
  const known = session.generations.flatMap(({ tokens }, index) => (tokens === undefined ? [] : [index]));
  return known[choice % known.length]!;
}

/** A step that one replica takes, of one session. */
abstract class SessionCommand implements Command {
  readonly replica: number;
  readonly session: number;
  readonly generation: number;

  constructor(replica: number, session: number, generation: number) {
    this.replica = replica;
    this.session = session;
    this.generation = generation;
  }

  check({ sessions }: Readonly<Model>): boolean {
    return sessions.length > 0;
  }

  async run(model: Model, { replicas, client }: Real): Promise<void> {
    const session = model.sessions[this.session % model.sessions.length]!;
    const context = replicas[this.replica % replicas.length]!;
    await this.step({ model, session, context, client, shown: choose(session, this.generation) });
  }

  protected abstract step(at: {
    readonly model: Model;
    readonly session: Session;
    readonly context: TestContext;
    readonly client: Client;
    /** The generation whose tokens are shown. */
    readonly shown: number;
  }): Promise<void>;

  toString(): string {
    return `${this.constructor.name}(${this.replica}, ${this.session}, ${this.generation})`;
  }
}

class Refresh extends SessionCommand {
  readonly isAnswerLost: boolean;

  constructor(replica: number, session: number, generation: number, isAnswerLost: boolean) {
    super(replica, session, generation);
    this.isAnswerLost = isAnswerLost;
  }

  protected async step({ model, session, context, client, shown }: Parameters<SessionCommand['step']>[0]) {
    const { generations } = session;
    const answer = await refusedOr(refresh(context, client, generations[shown]!.tokens!.refreshToken));
    if (!isOpen(model, session)) return assert.equal(answer, 'invalid_grant');
    const isRecent = ({ beganAtMs }: Generation) => model.nowMs - beganAtMs <= GRACE_MS;
    if (shown < generations.length - 1 && !isRecent(generations[shown + 1]!)) {
      session.isEnded = true;
      return assert.equal(
        answer,
        'invalid_grant',
        'a token that comes again after its grace ends the session',
      );
    }
    const isCurrent = shown === generations.length - 1;
    if (isCurrent && generations.filter(isRecent).length < MAX_ROTATIONS_IN_GRACE)
      generations.push({ beganAtMs: model.nowMs, tokens: undefined });
    assert.ok(typeof answer !== 'string', `a token that is good was refused with ${String(answer)}`);
    const current = generations.at(-1)!;
    const given = tokensOf(answer);
    if (current.tokens !== undefined) assert.deepEqual(given, current.tokens, 'the same tokens again');
    if (!this.isAnswerLost) current.tokens = given;
  }

  override toString(): string {
    return `${super.toString()}${this.isAnswerLost ? ', whose answer is lost' : ''}`;
  }
}

class Check extends SessionCommand {
  protected async step({ model, session, context, shown }: Parameters<SessionCommand['step']>[0]) {
    const { beganAtMs, tokens } = session.generations[shown]!;
    const access = await findAccess(context, tokens!.accessToken);
    const isFresh = Math.min(beganAtMs + ACCESS_MS, session.endsAtMs) > model.nowMs;
    assert.equal(access !== undefined, isOpen(model, session) && isFresh);
  }
}

class LogOut extends SessionCommand {
  protected async step({ model, session, context, shown }: Parameters<SessionCommand['step']>[0]) {
    const { accessToken } = session.generations[shown]!.tokens!;
    const request = { origin } as IncomingRequest;
    const isDone = await handleLogout({ accessToken }, { context, request }).then(
      () => true,
      () => false,
    );
    // An access token that has expired still says whose session it is.
    assert.equal(isDone, !session.isEnded && session.personVersion === model.personVersion);
    session.isEnded = true;
  }
}

class SignIn implements Command {
  readonly replica: number;

  constructor(replica: number) {
    this.replica = replica;
  }

  check({ isBlocked }: Readonly<Model>): boolean {
    return !isBlocked;
  }

  async run(model: Model, { replicas, client }: Real): Promise<void> {
    const tokens = await signInWithDevice(replicas[this.replica % replicas.length]!, client);
    const { nowMs, personVersion } = model;
    const generations = [{ beganAtMs: nowMs, tokens: tokensOf(tokens) }];
    model.sessions.push({ personVersion, endsAtMs: nowMs + SESSION_MS, generations, isEnded: false });
  }

  toString(): string {
    return `SignIn(${this.replica})`;
  }
}

class ChangePerson implements Command {
  readonly replica: number;
  readonly kind: 'blockUser' | 'unblockUser' | 'signOutEverywhere';

  constructor(replica: number, kind: ChangePerson['kind']) {
    this.replica = replica;
    this.kind = kind;
  }

  check({ isBlocked }: Readonly<Model>): boolean {
    return (this.kind === 'unblockUser') === isBlocked;
  }

  async run(model: Model, { replicas }: Real): Promise<void> {
    const { store } = replicas[this.replica % replicas.length]!;
    const alice = await store.findEntry('user', { nameKey: 'alice' });
    await apply(store, 'command', [{ kind: this.kind, userId: alice!.id }]);
    if (this.kind !== 'unblockUser') model.personVersion += 1;
    model.isBlocked = this.kind === 'blockUser';
  }

  toString(): string {
    return `${this.kind}(${this.replica})`;
  }
}

class Advance implements Command {
  readonly seconds: number;

  constructor(seconds: number) {
    this.seconds = seconds;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, { replicas }: Real): Promise<void> {
    model.nowMs += this.seconds * 1000;
    for (const replica of replicas) replica.advance({ seconds: this.seconds });
  }

  toString(): string {
    return `Advance(${this.seconds} s)`;
  }
}

const place = fc.nat({ max: 7 });
const at = [place, place, fc.nat({ max: 40 })] as const;
/** Shown most often: the newest tokens, and those just before. */
const commands: readonly fc.Arbitrary<Command>[] = [
  place.map((replica) => new SignIn(replica)),
  fc.tuple(...at, fc.boolean()).map((chosen) => new Refresh(...chosen)),
  fc.tuple(...at, fc.boolean()).map((chosen) => new Refresh(...chosen)),
  fc.tuple(...at).map((chosen) => new Check(...chosen)),
  fc.tuple(...at).map((chosen) => new LogOut(...chosen)),
  fc
    .tuple(place, fc.constantFrom('blockUser', 'unblockUser', 'signOutEverywhere'))
    .map(([replica, kind]) => new ChangePerson(replica, kind)),
  fc
    .constantFrom(1, 20, 59, 60, 61, 600, 3599, 3600, 4 * 3600, 8 * 3600)
    .map((seconds) => new Advance(seconds)),
  fc.integer({ min: 1, max: 90 }).map((seconds) => new Advance(seconds)),
];

/**
 * Takes random histories of a person's sessions (sign-ins, refreshes with any token that was ever given, lost answers, checks, ends,
 * blocks, time that passes) step by step on replicas that share a store, and compares each answer with what the model expects.
 *
 * @param steps - at least so many, in all histories together
 * @throws the shortest history found that comes out otherwise, with its seed
 */
export async function replayHistories(replicas: readonly TestContext[], steps: number): Promise<void> {
  const client = register(replicas[0]!);
  let taken = 0;
  const count = (command: Command): Command => ({
    check: (model) => command.check(model),
    run(model, real) {
      taken += 1;
      return command.run(model, real);
    },
    toString: () => String(command),
  });
  const history = fc.commands(
    commands.map((each) => each.map(count)),
    { maxCommands: MAX_COMMANDS, size: 'max' },
  );
  const property = fc.asyncProperty(history, async (chosen) => {
    const [{ store, now }] = replicas as [TestContext];
    const alice = await store.findEntry('user', { nameKey: 'alice' });
    await apply(store, 'command', [{ kind: 'unblockUser', userId: alice!.id }]);
    const model: Model = { nowMs: now(), personVersion: 0, isBlocked: false, sessions: [] };
    await fc.asyncModelRun(() => ({ model, real: { replicas, client } }), chosen);
  });
  while (taken < steps) await fc.assert(property, { numRuns: HISTORIES_AT_ONCE });
}

async function refusedOr(tokens: Promise<IssuedTokens>): Promise<IssuedTokens | string> {
  try {
    return await tokens;
  } catch (error) {
    if (error instanceof GrantError) return error.code;
    throw error;
  }
}

function tokensOf({ accessToken, refreshToken }: IssuedTokens) {
  return { accessToken, refreshToken: refreshToken ?? '' };
}
