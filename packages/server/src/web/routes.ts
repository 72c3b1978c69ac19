import type { WireResponse } from '@latchkey/wire';
import type { Context } from '../context.ts';
import type { Handler, IncomingRequest, Route } from '../http/route.ts';
import type { PolicyLevel, VisitHandler } from './visit.ts';

/** The routes of all pages, style sheets and icons. */
export const webRoutes: readonly Route[] = [
  { method: 'GET', path: '/', handle: page(() => import('./portal-page.ts'), 'showPortal') },
  ...['/start', '/start/'].flatMap((path): Route[] => [
    { method: 'GET', path, handle: page(() => import('./portal-page.ts'), 'showPortal') },
    { method: 'HEAD', path, handle: page(() => import('./portal-page.ts'), 'redirectStart') },
  ]),
  { method: 'GET', path: '/aws-config', handle: page(() => import('./portal-file.ts'), 'downloadAwsConfig') },
  { method: 'GET', path: '/sign-in', handle: page(() => import('./sign-in-page.ts'), 'showSignIn', 'none') },
  {
    method: 'POST',
    path: '/sign-in',
    handle: page(() => import('./sign-in-page.ts'), 'submitSignIn', 'none'),
  },
  {
    ...{ method: 'GET', path: '/sign-in/factor' },
    handle: page(() => import('./second-factor-page.ts'), 'showSecondFactorPage', 'none'),
  },
  {
    ...{ method: 'POST', path: '/sign-in/factor' },
    handle: page(() => import('./second-factor-page.ts'), 'submitSecondFactor', 'none'),
  },
  ...(['GET', 'POST'] as const).flatMap((method): Route[] => [
    {
      ...{ method, path: '/me/security' },
      handle: page(() => import('./security/security-page.ts'), method, 'network'),
    },
    {
      ...{ method, path: '/me/security/password' },
      handle: page(() => import('./security/password-page.ts'), method, 'network'),
    },
    {
      ...{ method, path: '/me/security/totp' },
      handle: page(() => import('./security/totp-page.ts'), method, 'network'),
    },
    {
      method,
      path: '/me/security/passkey',
      handle: page(() => import('./security/passkey-page.ts'), method, 'network'),
    },
    {
      ...{ method, path: '/me/security/recovery-codes' },
      handle: page(() => import('./security/recovery-codes-page.ts'), method, 'network'),
    },
  ]),
  { method: 'GET', path: '/link', handle: page(() => import('./link-page.ts'), 'showLink', 'none') },
  { method: 'POST', path: '/link', handle: page(() => import('./link-page.ts'), 'submitLink', 'none') },
  { method: 'GET', path: '/not-me', handle: page(() => import('./not-me-page.ts'), 'showNotMe', 'none') },
  { method: 'POST', path: '/not-me', handle: page(() => import('./not-me-page.ts'), 'submitNotMe', 'none') },
  { method: 'GET', path: '/.well-known/change-password', handle: redirectToPassword },
  { method: 'GET', path: '/me', handle: page(() => import('./sessions-page.ts'), 'showSessions') },
  { method: 'POST', path: '/me', handle: page(() => import('./sessions-page.ts'), 'submitSessions') },
  {
    method: 'GET',
    path: '/sign-out',
    handle: page(() => import('./sign-out-page.ts'), 'showSignOut', 'none'),
  },
  {
    method: 'POST',
    path: '/sign-out',
    handle: page(() => import('./sign-out-page.ts'), 'submitSignOut', 'none'),
  },
  {
    method: 'POST',
    path: '/people',
    handle: page(() => import('./people-aside.ts'), 'submitPeople', 'none'),
  },
  { method: 'GET', path: '/device', handle: page(() => import('./device-page.ts'), 'showDevice') },
  { method: 'POST', path: '/device', handle: page(() => import('./device-page.ts'), 'submitDevice') },
  { method: 'GET', path: '/device/allowed', handle: page(() => import('./done-page.ts'), 'showAllowed') },
  { method: 'GET', path: '/device/denied', handle: page(() => import('./done-page.ts'), 'showDenied') },
  {
    method: 'POST',
    path: '/take-back',
    handle: page(() => import('./take-back.ts'), 'submitTakeBack', 'none'),
  },
  {
    method: 'GET',
    path: '/taken-back',
    handle: page(() => import('./done-page.ts'), 'showTakenBack', 'none'),
  },
  {
    method: 'GET',
    path: '/step-up',
    handle: page(() => import('./step-up-page.ts'), 'showStepUp', 'network'),
  },
  { method: 'GET', path: '/authorize', handle: page(() => import('./consent-page.ts'), 'showConsent') },
  { method: 'POST', path: '/consent', handle: page(() => import('./consent-page.ts'), 'submitConsent') },
  { method: 'GET', path: '/assets/latchkey.css', handle: answerStylesheet },
  { method: 'GET', path: '/assets/reference.css', handle: answerReferenceStylesheet },
  { method: 'GET', path: '/assets/reference.js', handle: asset('referenceScript') },
  { method: 'GET', path: '/assets/passkeys.js', handle: asset('passkeyScript') },
  { method: 'GET', path: '/assets/logo', handle: answerLogo },
  { method: 'GET', path: '/assets/favicon.svg', handle: asset('favicon') },
];

/**
 * Makes a handler that imports a page's module with the first request for it, so that the server starts sooner. The promise
 * is kept: importing a module again costs as much as a query. What judges by the policy is imported only where there is one.
 */
function page<Name extends string>(
  load: () => Promise<Readonly<Record<Name, VisitHandler>>>,
  name: Name,
  level: PolicyLevel = 'all',
): Handler {
  const loadPage = () => Promise.all([import('./visit.ts'), load()]);
  let loading: ReturnType<typeof loadPage> | undefined;
  return async (request, context) => {
    loading ??= loadPage();
    const [{ receiveVisit }, handlers] = await loading;
    if (context.policy === undefined) return receiveVisit(handlers[name], request, context);
    const { byPolicy } = await import('./policy-gate.ts');
    return receiveVisit(byPolicy(handlers[name], level), request, context);
  };
}

/** @see https://www.w3.org/TR/change-password-url/ */
async function redirectToPassword(): Promise<WireResponse> {
  const { seeOther } = await import('./visit.ts');
  return seeOther('/me/security/password');
}

async function answerLogo(request: IncomingRequest, { brand }: Context): Promise<WireResponse> {
  if (brand.logo === undefined) return { status: 404, headers: {}, body: '' };
  const assets = await import('./assets.ts');
  const { status, headers, body } = assets.answerAsset(brand.logo, request);
  // For whoever opens the file by itself.
  const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
  return { status, headers: { ...headers, 'content-security-policy': policy }, body };
}

async function answerReferenceStylesheet(request: IncomingRequest, context: Context): Promise<WireResponse> {
  const theme = await import('./theme.ts');
  return theme.answerReferenceStylesheet(request, context);
}

async function answerStylesheet(request: IncomingRequest, context: Context): Promise<WireResponse> {
  const theme = await import('./theme.ts');
  return theme.answerStylesheet(request, context);
}

function asset(name: 'referenceScript' | 'passkeyScript' | 'favicon'): Handler {
  return async (request) => {
    const assets = await import('./assets.ts');
    return assets.answerAsset(assets[name], request);
  };
}
