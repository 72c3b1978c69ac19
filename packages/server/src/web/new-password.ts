import { html } from 'hono/html';
import type { PasswordFault } from '../passwords/check-new-password.ts';
import type { Html } from './html.ts';
import type { Messages } from './messages/english.ts';
import type { Visit } from './visit.ts';

/** Renders the fields for a new password, typed twice. */
export function renderNewPassword({ context, language }: Visit): Html {
  const messages = language.messages.password;
  return html`<label for="new_password">${messages.new}</label>
<input id="new_password" name="new_password" type="password" required autocomplete="new-password" minlength="${context.config.passwords.minLength}" aria-describedby="new-password-hint">
<p class="hint" id="new-password-hint">${messages.hint(context.config.passwords.minLength)}</p>
<label for="repeated_password">${messages.repeat}</label>
<input id="repeated_password" name="repeated_password" type="password" required autocomplete="new-password">`;
}

/** Says why a password is not taken. */
export function describePasswordFault(messages: Messages['password'], fault: PasswordFault): string {
  switch (fault.kind) {
    case 'controlCharacter':
      return messages.controlCharacter(fault.name);
    case 'tooShort':
      return messages.tooShort(fault.least);
    case 'tooLong':
      return messages.tooLong(fault.mostBytes);
    case 'predictable':
      return messages.predictable;
    case 'breached':
      return messages.breached;
  }
}
