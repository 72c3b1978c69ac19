/** Lists the names of a service that have what somebody types, in place of its contents. */
export function filterContents(filter) {
  if (!filter) return;
  const { q: input } = filter.elements;
  const found = document.createElement('ul');
  found.setAttribute('aria-label', 'Names that match');
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  filter.after(status, found);
  let names;
  input.addEventListener('input', async () => {
    const typed = () => input.value.trim().toLowerCase();
    const words = typed();
    names ??= readNames(filter.action);
    const all = await names.catch(() => undefined);
    if (all === undefined) names = undefined;
    // The contents stay until there is something in their place.
    if (all === undefined || words !== typed()) return;
    filter.parentElement.classList.toggle('filtered', words !== '');
    const matches = words === '' ? [] : all.filter(({ text }) => text.toLowerCase().includes(words));
    found.replaceChildren(...matches.slice(0, 100).map(renderName));
    status.textContent =
      words && (matches.length > 100 ? `The first 100 of ${matches.length}` : `${matches.length} found`);
  });
}

/** All names of a reference are beside its overview. */
async function readNames(overview) {
  const answer = await fetch(overview.replace(/(?:\/index\.html|\/)?$/, '/names.json'));
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()).map((each) => {
    const [text, address] = Array.isArray(each) ? each : [each, each];
    return { href: new URL(address, answer.url).href, text };
  });
}

function renderName({ href, text }) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = href;
  link.textContent = text;
  item.append(link);
  return item;
}
