import type { WireResponse } from '@latchkey/wire';
import * as v from 'valibot';
import type { Context } from '../context.ts';
import type { IncomingRequest, Route } from '../http/route.ts';
import type { TestClock } from './clock.ts';
import { type People, peopleOf } from './people.ts';

const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1'];
const text = v.pipe(v.string(), v.nonEmpty());

/**
 * The testing kit for other languages: what `startLatchkey` gives a test, as JSON over HTTP. Whoever reaches these
 * routes can sign in as anyone, so they answer only a program on the same machine: never a browser, never through a
 * proxy.
 */
export function testingRoutes(context: Context, clock: TestClock): readonly Route[] {
  const people = peopleOf(context);
  const user = { userName: text };
  const answer = { userCode: text, ...user };
  return [
    route('/testing/sign-in', user, ({ userName }) => people.signIn(userName)),
    route('/testing/approve', answer, ({ userCode, userName }) => done(people.approve(userCode, userName))),
    route('/testing/deny', answer, ({ userCode, userName }) => done(people.deny(userCode, userName))),
    route(
      '/testing/authorize',
      { authorizeUrl: text, ...user, decision: v.optional(v.picklist(['allow', 'deny'])) },
      async ({ authorizeUrl, userName, decision }) => ({
        location: await people.authorize(authorizeUrl, userName, decision),
      }),
    ),
    route(
      '/testing/clock',
      { advanceSeconds: v.pipe(v.number(), v.finite()) },
      async ({ advanceSeconds }) => {
        clock.advance({ seconds: advanceSeconds });
        return { now: new Date(clock.now()).toISOString() };
      },
    ),
  ];
}

/** A route that takes a JSON object of this shape. */
function route<const Entries extends v.ObjectEntries>(
  path: string,
  entries: Entries,
  act: (input: v.InferOutput<v.StrictObjectSchema<Entries, undefined>>) => Promise<object>,
): Route {
  const schema = v.strictObject(entries);
  return {
    method: 'POST',
    path,
    async handle(request) {
      if (!isLocalProgram(request))
        return json(403, { message: 'Only a program on this machine may ask for this' });
      let input: unknown;
      try {
        input = JSON.parse(Buffer.from(request.body).toString());
      } catch {
        return json(400, { message: 'The body is not JSON' });
      }
      const parsed = v.safeParse(schema, input);
      if (!parsed.success) {
        const [issue] = parsed.issues;
        return json(400, { message: `${v.getDotPath(issue) ?? 'body'}: ${issue.message}` });
      }
      try {
        return json(200, await act(parsed.output));
      } catch (error) {
        return json(409, { message: (error as Error).message });
      }
    },
  };
}

/** A page in a browser on this machine, or a name that was made to point here, is not the person testing. */
function isLocalProgram({ headers, origin }: IncomingRequest): boolean {
  const host = headers['host']?.replace(/:\d+$/, '') ?? '';
  return (
    LOOPBACK_ADDRESSES.includes(origin.address) &&
    ['localhost', '127.0.0.1', '[::1]'].includes(host) &&
    headers['origin'] === undefined &&
    headers['sec-fetch-site'] === undefined &&
    headers['x-forwarded-for'] === undefined
  );
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
