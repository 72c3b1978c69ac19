import { authorizationCodes } from './authorization-codes.ts';
import { clients } from './clients.ts';
import type { Subject } from './defence.ts';
import { deviceCodes } from './device-codes.ts';
import { factors } from './factors.ts';
import { links } from './links.ts';
import { network } from './network.ts';
import { pages } from './pages.ts';
import { policy } from './policy.ts';
import { sessions } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { telling } from './telling.ts';
import { tokens } from './tokens.ts';

/** All defences, in the order of docs/security/defences.md. */
export const subjects: readonly Subject[] = [
  signIn,
  factors,
  links,
  policy,
  sessions,
  deviceCodes,
  authorizationCodes,
  clients,
  tokens,
  telling,
  pages,
  network,
];
