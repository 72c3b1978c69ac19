import type { MiddlewareAttempt, MiddlewareCall, MiddlewareResponse } from '../middleware.ts';

/** What the functions of each kind are about, and what they resolve with. */
interface Kinds {
  readonly call: { readonly about: MiddlewareCall; readonly result: object };
  readonly attempt: { readonly about: MiddlewareAttempt; readonly result: MiddlewareResponse };
}

type Around<Kind extends keyof Kinds> = (
  about: Kinds[Kind]['about'],
  next: () => Promise<Kinds[Kind]['result']>,
) => Promise<Kinds[Kind]['result']>;

/** Does what is innermost, with the functions of middleware around it. */
export function around<Kind extends keyof Kinds>(
  use: readonly { readonly [Each in Kind]?: Around<Kind> }[] | undefined,
  kind: Kind,
  about: Kinds[Kind]['about'],
  innermost: () => Promise<Kinds[Kind]['result']>,
): Promise<Kinds[Kind]['result']> {
  if (use === undefined) return innermost();
  return use.reduceRight((next, each) => {
    const own = each[kind];
    return own === undefined ? next : async () => own.call(each, about, next);
  }, innermost)();
}
