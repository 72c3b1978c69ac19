/** What a one-time link is for: it takes the place of the password, sets a new one, or takes the place of the second factor. */
export type LinkPurpose = 'sign-in' | 'password' | 'factor';

/** A one-time link, which an administrator has made for a user. */
export interface OneTimeLink {
  readonly userId: string;
  /** The version of the user under which it was made. Under another one, it is good for nothing. */
  readonly userVersion: string;
  readonly purpose: LinkPurpose;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export interface NewLink extends OneTimeLink {
  /** SHA-256 of the token, which is stored nowhere. */
  readonly tokenDigest: Uint8Array;
}

/** One-time links (docs/decisions/0038). A user has one at most, so there are never more than users. */
export interface LinkStore {
  /** Gives a user a link in the place of the one before. @returns false: there is no such user, or it has another version */
  putLink(link: NewLink): Promise<boolean>;
  /** Finds a link that has not expired, also one whose user has another version by now. */
  findLink(tokenDigest: Uint8Array, nowMs: number): Promise<OneTimeLink | undefined>;
  /** Finds the link of a user that works. */
  findLinkOf(userId: string, nowMs: number): Promise<OneTimeLink | undefined>;
  /** Uses a link that works, once. @returns whether it was this call */
  useLink(tokenDigest: Uint8Array, nowMs: number): Promise<boolean>;
  /** @returns whether there was one */
  removeLink(userId: string): Promise<boolean>;
}
