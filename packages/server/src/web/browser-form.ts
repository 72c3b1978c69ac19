import { checkForm, type FormBinding, type FormVerdict, isSameOrigin } from './csrf.ts';
import type { Fields } from './form.ts';
import { findFormSecrets } from './form-cookie.ts';
import type { Visit } from './visit.ts';

/**
 * Checks a form that is posted before anybody is signed in, against each of the browser's form cookies, as the form may be in another
 * tab than the newest one.
 *
 * @returns also the form cookie that the form is bound to, where it is genuine
 */
export function checkBrowserForm(
  { request, context }: Visit,
  fields: Fields,
  binding: Omit<FormBinding, 'secret'>,
): { readonly verdict: FormVerdict; readonly secret: string } {
  if (!isSameOrigin(request, context)) return { verdict: 'otherSite', secret: '' };
  const verdicts = findFormSecrets(request, context).map((secret) => ({
    verdict: checkForm(request, context, fields, { ...binding, secret }),
    secret,
  }));
  return verdicts.find(({ verdict }) => verdict !== 'unknown') ?? { verdict: 'unknown', secret: '' };
}
