// Lets the forms with `data-passkey` ask the browser for a passkey, and send its answer in their field `passkey`. Without this
// script, or in a browser that has no passkeys, these forms stay hidden, and what has `data-without-passkeys` is shown.
(() => {
  if (globalThis.PublicKeyCredential === undefined) return;

  const decode = (text) =>
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  const encode = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  const withId = (entry) => ({ ...entry, id: decode(entry.id) });

  const parse = ({ challenge, user, allowCredentials, excludeCredentials, ...options }) => ({
    ...options,
    challenge: decode(challenge),
    ...(user && { user: withId(user) }),
    ...(allowCredentials && { allowCredentials: allowCredentials.map(withId) }),
    ...(excludeCredentials && { excludeCredentials: excludeCredentials.map(withId) }),
  });

  const render = ({ id, rawId, type, response }) => {
    const answer = {};
    for (const name of [
      'clientDataJSON',
      'attestationObject',
      'authenticatorData',
      'signature',
      'userHandle',
    ]) {
      if (response[name]) answer[name] = encode(response[name]);
    }
    if (response.getTransports) answer.transports = response.getTransports();
    return JSON.stringify({ id, rawId: encode(rawId), type, response: answer });
  };

  let asking;
  const ask = async (form, mediation) => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const problem = form.querySelector('[data-problem]');
    problem.hidden = true;
    try {
      const { passkey: kind, options } = form.dataset;
      const request = { publicKey: parse(JSON.parse(options)), signal, ...(mediation && { mediation }) };
      const credential = await navigator.credentials[kind](request);
      form.elements.passkey.value = render(credential);
      form.submit();
    } catch {
      // Whoever ends the browser's question can go on by another way.
      if (!signal.aborted && !mediation) problem.hidden = false;
    }
  };

  for (const note of document.querySelectorAll('[data-without-passkeys]')) note.hidden = true;
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void ask(form);
    });
    if (!('conditional' in form.dataset)) continue;
    void PublicKeyCredential.isConditionalMediationAvailable?.().then(
      (isAvailable) => isAvailable && ask(form, 'conditional'),
    );
  }
})();
