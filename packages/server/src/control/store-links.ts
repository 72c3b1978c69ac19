import { randomUUID } from 'node:crypto';
import { type LinkParts, linkUrl, makeLink, revokeLink } from '../links/make-link.ts';
import type { LinkMail } from '../mail/link-mail.ts';
import { addressOf } from '../mail/mail-parts.ts';
import type { Origin } from '../origin.ts';
import type { CommandLinks } from './command-links.ts';

export interface StoreLinksParts extends LinkParts {
  /** Where people reach the server. */
  readonly baseUrl: string;
  /** Sends links by mail; absent where there is no mail server. */
  readonly linkMail?: LinkMail | undefined;
}

/** The one-time links in a store, for commands. What is made or taken back is audited. */
export function openStoreLinks(parts: StoreLinksParts): CommandLinks {
  const { store, now, baseUrl } = parts;
  return {
    async makeLink({ byMail = false, ...link }) {
      const user = byMail ? await store.findEntry('user', { id: link.userId }) : undefined;
      const mailedTo = user && addressOf(user);
      if (byMail && parts.linkMail === undefined) return { kind: 'refused', why: 'noMail' };
      if (byMail && mailedTo === undefined) return { kind: 'refused', why: 'noAddress' };
      const made = await makeLink(parts, { ...link, isMailed: byMail }, commandOrigin());
      if (made.kind === 'refused') return made;
      const { token, expiresAtMs } = made;
      const url = linkUrl(baseUrl, token);
      if (user === undefined || mailedTo === undefined) return { kind: 'made', url, expiresAtMs };
      try {
        await parts.linkMail?.send(user, { url, purpose: link.purpose, expiresAtMs });
      } catch (error) {
        // Nobody has the link.
        await revokeLink(parts, link, commandOrigin());
        return { kind: 'refused', why: 'notSent', reason: (error as Error).message };
      }
      return { kind: 'made', mailedTo, expiresAtMs };
    },
    findLinkOf: async (userId) => (await store.links.findLinkOf(userId, now())) ?? null,
    revokeLink: (userId, actor) => revokeLink(parts, { userId, actor }, commandOrigin()),
  };
}

function commandOrigin(): Origin {
  return { address: 'local', userAgent: 'latchkey', requestId: randomUUID() };
}
