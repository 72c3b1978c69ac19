import type { Context } from '../context.ts';
import { SsoError } from '../generated/sso.ts';

/** A list of one user. A page token of it is good for no other list, and for no other user. */
export interface ListOfUser {
  readonly userId: string;
  /** E.g. `accounts`. */
  readonly name: string;
  /**
   * Where the list goes on after a page token of release 0.1, which was the key of the last item in base64url.
   *
   * @returns the key after which it goes on, `''` for the beginning; `undefined` where release 0.1 made no such token
   */
  afterKeyOfRelease01(key: string): string | undefined;
}

const PREFIX = 'lk_pg_';
const PURPOSE = 'page-token';

/** Makes the page token that leads to what comes after an item. */
export function issuePageToken(
  { keys }: Pick<Context, 'keys'>,
  { userId, name }: ListOfUser,
  lastKey: string,
): string {
  const sealed = keys.seal(PURPOSE, Buffer.from(JSON.stringify([userId, name, lastKey])));
  return PREFIX + sealed.toString('base64url');
}

/**
 * Reads the key of the item that a page token leads on from.
 *
 * @throws {SsoError} `InvalidRequestException` for a token that was never given out for this list
 */
export function readPageToken(context: Pick<Context, 'keys'>, list: ListOfUser, token: string): string {
  const key = token.startsWith(PREFIX) ? unseal(context, list, token) : readTokenOfRelease01(list, token);
  if (key !== undefined) return key;
  throw new SsoError('InvalidRequestException', {
    message: 'The next token is not valid: list from the start again',
  });
}

function unseal({ keys }: Pick<Context, 'keys'>, list: ListOfUser, token: string): string | undefined {
  const bytes = keys.unseal(PURPOSE, Buffer.from(token.slice(PREFIX.length), 'base64url'));
  if (bytes === undefined) return undefined;
  const [userId, name, key] = JSON.parse(bytes.toString()) as [string, string, string];
  return userId === list.userId && name === list.name ? key : undefined;
}

/** None of them began with the prefix: in base64url those bytes are no text. */
function readTokenOfRelease01(list: ListOfUser, token: string): string | undefined {
  const key = Buffer.from(token, 'base64url').toString();
  return Buffer.from(key).toString('base64url') === token ? list.afterKeyOfRelease01(key) : undefined;
}
