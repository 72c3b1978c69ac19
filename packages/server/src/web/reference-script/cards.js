/** Shows the kind and the first sentence of a symbol beside a link to it: under the pointer, and on focus (WCAG 2.2, 1.4.13). */
export function showCards() {
  const card = document.createElement('div');
  card.className = 'card';
  card.id = 'hover-card';
  card.setAttribute('role', 'tooltip');
  card.hidden = true;
  document.body.append(card);
  const known = new Map();
  let link;
  let timer;

  const hide = () => {
    clearTimeout(timer);
    link?.removeAttribute('aria-describedby');
    link = undefined;
    card.hidden = true;
  };
  const show = async (target) => {
    link = target;
    const path = new URL(target.href).pathname;
    if (!known.has(path)) known.set(path, describe(target.href));
    const text = await known.get(path).catch(() => undefined);
    if (!text || link !== target) return;
    card.textContent = text;
    card.hidden = false;
    const { bottom, left } = target.getBoundingClientRect();
    const right = document.documentElement.clientWidth - card.offsetWidth - 16;
    card.style.setProperty('left', `${Math.max(8, Math.min(left, right)) + scrollX}px`);
    card.style.setProperty('top', `${bottom + scrollY + 4}px`);
    target.setAttribute('aria-describedby', card.id);
  };
  const later = (event) => {
    const target = event.target.closest?.('main a:not(.src, .anchor)');
    if (!target || target === link || target.host !== location.host || !target.pathname.includes('/docs/'))
      return;
    hide();
    timer = setTimeout(show, event.type === 'focusin' ? 0 : 300, target);
  };
  document.addEventListener('pointerover', later);
  document.addEventListener('focusin', later);
  document.addEventListener('pointerout', (event) => {
    if (event.relatedTarget !== card && !card.contains(event.relatedTarget)) hide();
  });
  document.addEventListener('focusout', hide);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
  });
}

/** The description that a page has for whoever links to it. */
async function describe(href) {
  const answer = await fetch(href);
  if (!answer.ok) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('meta[name="description"]')?.content;
}
