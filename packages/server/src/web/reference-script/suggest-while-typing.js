/** A combobox with a list of results (ARIA Authoring Practices: editable combobox with list autocomplete). */
export function suggestWhileTyping(input) {
  const list = document.createElement('ul');
  list.id = 'search-suggestions';
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Results');
  list.hidden = true;
  input.form.append(list);
  const attributes = {
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': list.id,
    'aria-autocomplete': 'list',
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  let current = -1;
  let request;
  let timer;

  const choose = (index) => {
    const options = list.children;
    options[current]?.removeAttribute('aria-selected');
    current = options.length === 0 ? -1 : (index + options.length) % options.length;
    const option = options[current];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };
  const close = () => {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute('aria-expanded', 'false');
    choose(-1);
  };
  const show = (results) => {
    list.replaceChildren(...results.map(renderOption));
    list.hidden = results.length === 0;
    input.setAttribute('aria-expanded', String(results.length > 0));
    current = -1;
    input.removeAttribute('aria-activedescendant');
  };
  const look = async () => {
    request?.abort();
    const words = input.value.trim();
    if (words.length < 2) return close();
    request = new AbortController();
    const { signal } = request;
    try {
      // A static site has a search of its own.
      const results = await (globalThis.latchkeySearch ?? searchServer)(words, 8, signal);
      if (!signal.aborted) show(results);
    } catch (error) {
      if (error.name !== 'AbortError') close();
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(look, 80);
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape' && !list.hidden) close();
    else if (event.key === 'ArrowDown' && !list.hidden) choose(current + 1);
    else if (event.key === 'ArrowUp' && !list.hidden) choose(current < 0 ? -1 : current - 1);
    else if (event.key === 'Enter' && current >= 0) location.assign(list.children[current].dataset.url);
    else return;
    event.preventDefault();
  });
  input.addEventListener('blur', () => setTimeout(close, 150));
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target.closest('li');
    if (option) location.assign(option.dataset.url);
  });
}

async function searchServer(q, limit, signal) {
  const answer = await fetch(`/v0.4/search.json?${new URLSearchParams({ q, limit })}`, { signal });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).results;
}

function renderOption({ kind, name, summary, title, url }, index) {
  const option = document.createElement('li');
  option.id = `suggestion-${index}`;
  option.setAttribute('role', 'option');
  option.dataset.url = url;
  const code = document.createElement('code');
  code.textContent = name;
  const small = document.createElement('small');
  small.textContent = kind === 'service' ? `${kind}: ${title}` : `${kind} of ${title}`;
  const text = document.createElement('span');
  text.textContent = summary;
  option.append(code, small, text);
  return option;
}
