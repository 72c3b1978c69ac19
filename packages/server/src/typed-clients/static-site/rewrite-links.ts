const TAG = /<[a-z][^>]*>/gi;
const ADDRESS = /(\s(action|href|src)=")([^"]*)(")/g;

/**
 * Gives every address of a page that begins with `/` another one.
 *
 * @param rewrite - gets the address without its fragment, and whether a form is sent there
 */
export function rewriteLinks(page: string, rewrite: (address: string, isForm: boolean) => string): string {
  return page.replaceAll(TAG, (tag) =>
    tag.replaceAll(ADDRESS, (whole, before: string, name: string, escaped: string, after: string) => {
      if (!escaped.startsWith('/')) return whole;
      const [address = '', ...fragment] = escaped.replaceAll('&amp;', '&').split('#');
      const target = [rewrite(address, name === 'action'), ...fragment].join('#');
      return `${before}${target.replaceAll('&', '&amp;')}${after}`;
    }),
  );
}

/** @returns the address of a file as a link in another one has it */
export function relativeAddress(file: string, from: string): string {
  const folders = from.split('/').slice(0, -1);
  const parts = file.split('/');
  let same = 0;
  while (same < folders.length && same < parts.length - 1 && folders[same] === parts[same]) same += 1;
  const up = '../'.repeat(folders.length - same);
  return (up || './') + parts.slice(same).map(encodeURIComponent).join('/');
}
