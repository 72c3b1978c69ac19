/**
 * The published testing kit, `latchkey/testing`: starts a real instance in the test's own process, on a free port, with
 * the users and the clock that the test wants.
 *
 * ```ts
 * await using latchkey = await startLatchkey({ users: [{ userName: 'alice' }] });
 * const child = spawn('aws', ['sso', 'login', '--profile', 'latchkey'], { env: { ...process.env, ...latchkey.env } });
 * await latchkey.approve(userCodeFrom(child), 'alice');
 * ```
 *
 * @module
 */
export type { Span } from './clock.ts';
export { type Latchkey, type LatchkeyOptions, startLatchkey } from './start-latchkey.ts';
export type { TestDirectory, TestUser } from './test-directory.ts';
