import type { Audit } from '../audit/audit.ts';
import type { Origin } from '../origin.ts';
import { ownerOfPassword } from '../people/own-password.ts';
import type { DirectoryReader, UserEntry } from '../store/port/directory.ts';
import type { LinkPurpose, LinkStore } from '../store/port/links.ts';
import { digestLinkToken, makeLinkToken } from './link-token.ts';

/** Shortest, usual and longest life of a one-time link, in seconds. */
export const LINK_SECONDS = { least: 5 * 60, usual: 24 * 3600, most: 7 * 86_400 } as const;

/** Why nobody gets a link. */
export type LinkRefusal =
  | 'noUser'
  | 'blocked'
  /** By the source, or no more in it. */
  | 'disabled'
  /** A link cannot set a password that belongs to the configuration file, or to an identity provider. */
  | 'passwordOfFile'
  | 'passwordOfProvider'
  /** A link stands for the second factor, and there is no password to be the first one. */
  | 'noPassword'
  /** The user was changed at the same moment. */
  | 'changed';

export type MakeLinkResult =
  | { readonly kind: 'made'; readonly token: string; readonly expiresAtMs: number }
  | { readonly kind: 'refused'; readonly why: LinkRefusal };

export interface LinkParts {
  readonly store: Pick<DirectoryReader, 'findEntry'> & { readonly links: LinkStore };
  readonly audit: Audit;
  readonly now: () => number;
}

/** Makes a one-time link for a user, in the place of the one before. Nothing but the answer has its token. */
export async function makeLink(
  { store, audit, now }: LinkParts,
  link: {
    readonly userId: string;
    readonly purpose: LinkPurpose;
    readonly lifetimeSeconds: number;
    /** Who asks, e.g. `command:root`. */
    readonly actor: string;
    /** Whether the person gets it by mail. */
    readonly isMailed?: boolean;
  },
  origin: Origin,
): Promise<MakeLinkResult> {
  const { userId, purpose, lifetimeSeconds, actor, isMailed = false } = link;
  const user = await store.findEntry('user', { id: userId });
  const why = user === undefined ? 'noUser' : findRefusal(user, purpose);
  if (why !== undefined || user === undefined) return { kind: 'refused', why: why ?? 'noUser' };
  const token = makeLinkToken();
  const createdAtMs = now();
  const expiresAtMs = createdAtMs + lifetimeSeconds * 1000;
  const isPut = await store.links.putLink({
    ...{ userId, userVersion: user.version, purpose, createdAtMs, expiresAtMs },
    tokenDigest: digestLinkToken(token) as Uint8Array,
  });
  if (!isPut) return { kind: 'refused', why: 'changed' };
  const { userName } = user;
  const expiresAt = new Date(expiresAtMs).toISOString();
  audit.record(
    { event: 'linkMade', userId, userName, purpose, expiresAt, actor, ...(isMailed && { isMailed }) },
    origin,
  );
  return { kind: 'made', token, expiresAtMs };
}

function findRefusal(user: UserEntry, purpose: LinkPurpose): LinkRefusal | undefined {
  if (user.blocked !== undefined) return 'blocked';
  if (user.status === 'disabled' || user.leftAtMs !== undefined) return 'disabled';
  if (purpose === 'factor' && !user.hasPassword) return 'noPassword';
  if (purpose !== 'password') return undefined;
  const owner = ownerOfPassword(user);
  if (owner === 'person') return undefined;
  return owner === 'file' ? 'passwordOfFile' : 'passwordOfProvider';
}

/** Takes back the link of a user. @returns whether there was one */
export async function revokeLink(
  { store, audit }: Omit<LinkParts, 'now'>,
  { userId, actor }: { readonly userId: string; readonly actor: string },
  origin: Origin,
): Promise<boolean> {
  const user = await store.findEntry('user', { id: userId });
  if (user === undefined || !(await store.links.removeLink(userId))) return false;
  audit.record({ event: 'linkRevoked', userId, userName: user.userName, actor }, origin);
  return true;
}

/** The address of the page of a link. */
export function linkUrl(baseUrl: string, token: string): string {
  return `${baseUrl}/link?token=${token}`;
}
