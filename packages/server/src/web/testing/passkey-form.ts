import { hiddenFieldsOf, type PageView } from './plain-browser.ts';

/** What a page asks of an authenticator, by its form for a passkey. */
export interface PasskeyForm {
  /** The members of `PublicKeyCredentialCreationOptions` or `PublicKeyCredentialRequestOptions`, in JSON. */
  readonly options: Readonly<Record<string, unknown>> & { readonly challenge: string };
  /** Hidden fields, which are sent along. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Reads the form for a passkey as the script of the page does. */
export function readPasskeyForm({ text }: PageView): PasskeyForm {
  const [form = ''] = /<form [^>]*data-passkey=.*?<\/form>/s.exec(text) ?? [];
  const [, options = ''] = /data-options="([^"]*)"/.exec(form) ?? [];
  return {
    options: JSON.parse(options.replaceAll('&quot;', '"').replaceAll('&amp;', '&')),
    fields: hiddenFieldsOf(form),
  };
}
