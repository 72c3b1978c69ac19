import { randomUUID } from 'node:crypto';
import { type LinkParts, linkUrl, makeLink, revokeLink } from '../links/make-link.ts';
import type { Origin } from '../origin.ts';
import type { CommandLinks } from './command-links.ts';

export interface StoreLinksParts extends LinkParts {
  /** Where people reach the server. */
  readonly baseUrl: string;
}

/** The one-time links in a store, for commands. What is made or taken back is audited. */
export function openStoreLinks(parts: StoreLinksParts): CommandLinks {
  const { store, now, baseUrl } = parts;
  return {
    async makeLink(link) {
      const made = await makeLink(parts, link, commandOrigin());
      if (made.kind === 'refused') return made;
      const { token, expiresAtMs } = made;
      return { kind: 'made', url: linkUrl(baseUrl, token), expiresAtMs };
    },
    findLinkOf: async (userId) => (await store.links.findLinkOf(userId, now())) ?? null,
    revokeLink: (userId, actor) => revokeLink(parts, { userId, actor }, commandOrigin()),
  };
}

function commandOrigin(): Origin {
  return { address: 'local', userAgent: 'latchkey', requestId: randomUUID() };
}
