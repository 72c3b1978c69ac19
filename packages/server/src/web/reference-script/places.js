/** Pixels from the top of the window; a place that a link leads to begins above them. */
const LINE = 40;

/** Marks, in the list of the places of the page, the one that is read: the last one that begins above the line. */
export function markPlaces() {
  const list = document.querySelector('.on-page');
  const links = [...document.querySelectorAll('.on-page a')];
  const places = links.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1))));
  let current;
  const mark = () => {
    const isAtEnd = scrollY > 0 && scrollY + innerHeight > document.documentElement.scrollHeight - 2;
    const line = isAtEnd ? innerHeight : LINE;
    const link = links[places.findLastIndex((place) => place?.getBoundingClientRect().top < line)];
    if (link === current) return;
    current?.removeAttribute('aria-current');
    link?.setAttribute('aria-current', 'location');
    current = link;
    list.scrollTop = link ? link.offsetTop - list.clientHeight / 2 : 0;
  };
  if (!list) return;
  let isWaiting = false;
  const later = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      mark();
    });
  };
  document.addEventListener('scroll', later, { passive: true });
  addEventListener('resize', later);
  mark();
}
