import type { WireResponse } from '@latchkey/wire';
import * as v from 'valibot';
import { readAssignedAccounts } from '../access/assigned-accounts.ts';
import type { Context } from '../context.ts';
import { issuerUrl } from '../grants/start-url.ts';
import { hasProxyHeader } from '../http/proxy-headers.ts';
import type { Handler, IncomingRequest, Route } from '../http/route.ts';
import { isLoopback } from '../net/loopback.ts';
import { testAwsConfig, testAwsEnvironment } from './aws-home.ts';
import type { TestClock } from './clock.ts';
import { type People, peopleOf } from './people.ts';

const text = v.pipe(v.string(), v.nonEmpty('must not be empty'));

/**
 * The testing kit for other languages: what `startLatchkey` gives a test, as JSON over HTTP. Whoever reaches these
 * routes can sign in as any user, so they answer only programs on the same machine: no browser, and no proxy that can be
 * recognised by its headers. `serve --testing` refuses to start behind a proxy.
 *
 * @param environment - variables for programs, besides those of every instance
 */
export function testingRoutes(
  context: Context,
  clock: TestClock,
  environment: Promise<Readonly<Record<string, string>>> = Promise.resolve({}),
): readonly Route[] {
  const people = peopleOf(context);
  const user = { userName: text };
  const answer = { userCode: text, ...user };
  const decision = v.optional(v.picklist(['allow', 'deny']));
  return [
    {
      method: 'GET',
      path: '/testing/aws',
      handle: forLocalPrograms(async () => awsSettings(context, await environment)),
    },
    post('/testing/sign-in', user, ({ userName }) => people.signIn(userName)),
    post('/testing/approve', answer, ({ userCode, userName }) => done(people.approve(userCode, userName))),
    post('/testing/deny', answer, ({ userCode, userName }) => done(people.deny(userCode, userName))),
    post('/testing/authorize', { authorizeUrl: text, ...user, decision }, async (input) => ({
      location: await people.authorize(input.authorizeUrl, input.userName, input.decision),
    })),
    post('/testing/clock', { advanceSeconds: v.number() }, async ({ advanceSeconds }) => {
      clock.advance({ seconds: advanceSeconds });
      return { now: new Date(clock.now()).toISOString() };
    }),
  ];
}

async function awsSettings(context: Context, environment: Readonly<Record<string, string>>): Promise<object> {
  return {
    startUrl: issuerUrl(context),
    region: context.config.instance.region,
    env: { ...testAwsEnvironment(context), ...environment },
    config: testAwsConfig(context, await readAssignedAccounts(context.store)),
  };
}

/** A route whose body is a JSON object with these entries. */
function post<const Entries extends v.ObjectEntries>(
  path: string,
  entries: Entries,
  act: (input: v.InferOutput<v.StrictObjectSchema<Entries, undefined>>) => Promise<object>,
): Route {
  const schema = v.strictObject(entries);
  const handle = forLocalPrograms(({ body }) => {
    const parsed = v.safeParse(schema, parseBody(body));
    if (parsed.success) return act(parsed.output);
    const [issue] = parsed.issues;
    throw new Error(`${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
  });
  return { method: 'POST', path, handle };
}

/** Answers programs on this machine with the result of `act`, or with the message of its error. */
function forLocalPrograms(act: (request: IncomingRequest) => Promise<object>): Handler {
  return async (request) => {
    if (!isLocalProgram(request))
      return json(403, {
        message: 'Only a program on this machine may use the testing routes, and no browser or proxy',
      });
    try {
      return json(200, await act(request));
    } catch (error) {
      return json(400, { message: (error as Error).message });
    }
  };
}

function parseBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    throw new Error('body: expected JSON');
  }
}

/**
 * Refuses browsers, which act for the author of a page, proxies, which act for their clients, and other host names that
 * resolve to this machine (DNS rebinding).
 */
function isLocalProgram({ headers, origin }: IncomingRequest): boolean {
  const host = headers['host']?.replace(/:\d+$/, '') ?? '';
  const isBrowser = headers['origin'] !== undefined || headers['sec-fetch-site'] !== undefined;
  return isLoopback(origin.address) && isLoopback(host) && !isBrowser && !hasProxyHeader(headers);
}

async function done(act: ReturnType<People['approve']>): Promise<object> {
  await act;
  return {};
}

function json(status: number, body: object): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}
