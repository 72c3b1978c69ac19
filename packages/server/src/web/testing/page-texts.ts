/** Text of users and programs, and of the other language in its form; none of it is a message. */
const data = [
  /<(bdi|code|pre|svg)\b[^>]*>.*?<\/\1>/gs,
  /<(\w+)\b[^>]* dir="auto"[^>]*>.*?<\/\1>/gs,
  /<(button)\b[^>]* lang="[^>]*>.*?<\/\1>/gs,
  / · [^<·]*(?=<\/title>)/g,
  /<a class="brand"[^>]*>.*?<\/a>/gs,
];
const attributes =
  /\b(?:aria-label|placeholder|alt|title)="([^"]*)"|<meta name="description" content="([^"]*)"/g;

/** What a page of ours says, without what it shows of users and programs: each text between two tags, and those of attributes. */
export function pageTexts(page: string): readonly string[] {
  const said = data.reduce((text, pattern) => text.replaceAll(pattern, '<data>'), page);
  const inAttributes = Array.from(
    said.matchAll(attributes),
    ([, value, description]) => value ?? description ?? '',
  );
  return [...said.split(/<[^>]*>/), ...inAttributes]
    .map((text) => text.replaceAll(/\s+/g, ' ').trim())
    .filter((text) => /\p{L}/u.test(text));
}

/** Words that nearly every English sentence has, and no German one. */
const englishWords =
  /\b(?:the|you|your|this|that|there|it|is|are|was|of|to|for|with|by|at|on|and|or|seconds?|minutes|hours?|days?|ago)\b/i;

/** The texts of a page that are in English, though the page is in another language. */
export function findEnglish(page: string): readonly string[] {
  return pageTexts(page).filter((text) => englishWords.test(text));
}
