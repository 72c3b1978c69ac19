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

export type { Accent } from '../branding/accent.ts';
export type { Colour } from '../branding/contrast.ts';
export type { OperatorText } from '../branding/operator-text.ts';
export type { Config, DeviceSignIn, KnownClient, Lifetimes, Limits, PolicyRule } from '../config/config.ts';
export type {
  AccountConfig,
  AssignmentConfig,
  DirectoryConfig,
  EmailConfig,
  ExternalIdConfig,
  GroupConfig,
  PermissionSetConfig,
  UserConfig,
} from '../directory/file/declaration.ts';
export type { SignInFactor } from '../factors/sign-in-factors.ts';
export type { LanguageTag, languageTags } from '../language-tags.ts';
export type { Span } from './clock.ts';
export type { People } from './people.ts';
export { type Latchkey, type LatchkeyOptions, startLatchkey } from './start-latchkey.ts';
export type { TestConfig } from './test-config.ts';
export type { TestDirectory, TestPermissionSet, TestUser } from './test-directory.ts';
