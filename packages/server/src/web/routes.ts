import type { Route } from '../http/route.ts';
import { assetRoutes } from './assets.ts';
import { showConsent, submitConsent } from './consent-page.ts';
import { showDevice, submitDevice } from './device-page.ts';
import { showAllowed, showDenied } from './done-page.ts';
import { redirectStart, showPortal } from './portal-page.ts';
import { showSignIn, submitSignIn } from './sign-in-page.ts';
import { showSignOut, submitSignOut } from './sign-out-page.ts';
import { visited } from './visit.ts';

/** Every page people see, and what the pages load. */
export const webRoutes: readonly Route[] = [
  { method: 'GET', path: '/', handle: visited(showPortal) },
  { method: 'GET', path: '/start', handle: visited(showPortal) },
  { method: 'HEAD', path: '/start', handle: redirectStart },
  { method: 'GET', path: '/sign-in', handle: visited(showSignIn) },
  { method: 'POST', path: '/sign-in', handle: visited(submitSignIn) },
  { method: 'GET', path: '/sign-out', handle: visited(showSignOut) },
  { method: 'POST', path: '/sign-out', handle: visited(submitSignOut) },
  { method: 'GET', path: '/device', handle: visited(showDevice) },
  { method: 'POST', path: '/device', handle: visited(submitDevice) },
  { method: 'GET', path: '/device/allowed', handle: visited(showAllowed) },
  { method: 'GET', path: '/device/denied', handle: visited(showDenied) },
  { method: 'GET', path: '/authorize', handle: visited(showConsent) },
  { method: 'POST', path: '/consent', handle: visited(submitConsent) },
  ...assetRoutes,
];
