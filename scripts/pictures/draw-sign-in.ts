import { stripVTControlCharacters } from 'node:util';
import type { Appearance } from './appearances.ts';
import type { Recording, Step } from './record-sign-in.ts';

/** Size of the pages that are recorded. */
export const pageSize = { width: 520, height: 740 };

/** Seconds before each step; the last one lasts until the picture begins again. */
const SECONDS_BEFORE: readonly number[] = [0, 1.5, 2.5, 2.5, 4.5, 2, 0.5, 2, 1];
const SECONDS_AT_THE_END = 6;
const SECONDS = sum(SECONDS_BEFORE) + SECONDS_AT_THE_END;

const COLUMNS = 72;
const CHARACTER_WIDTH = 6.6;
const LINE_HEIGHT = 18;
/** Height of the bar with a window's title. */
const BAR = 34;
const INSET = 16;
const pageWidth = 374;
const height = BAR + Math.round((pageWidth * pageSize.height) / pageSize.width);
const terminal = { x: 0, width: Math.ceil(COLUMNS * CHARACTER_WIDTH) + 2 * INSET };
const browser = { x: terminal.width + 20, width: pageWidth };
const width = browser.x + browser.width;

const colors = {
  light: { border: '#c9cec9', bar: '#e4e7e3', title: '#3d4642', page: '#f2f4f0' },
  dark: { border: '#3f4844', bar: '#262d2a', title: '#c3cbc7', page: '#0e1412' },
} as const;

/**
 * Draws a sign-in as a picture that moves: beside each other a terminal and a browser, and in them one step after the other.
 * Where nothing moves, as somebody may wish, it shows the question and all that the terminal shows at the end.
 *
 * @returns SVG
 */
export function drawSignIn({ userCode, url, steps }: Recording, appearance: Appearance): string {
  const { border, bar, title, page } = colors[appearance];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title>A sign-in with the AWS CLI, in a terminal and a browser</title>
<style>
text { font: 11px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; white-space: pre; fill: #dfe6e2 }
.typed { font-weight: bold; fill: #fff }
.code { font-weight: bold; fill: #f2c14e }
.title { font: 12px system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: ${title} }
@media (prefers-reduced-motion: no-preference) {
${steps.map(appear).join('')}}
</style>
<clipPath id="terminal">${roundedBox(terminal)}</clipPath>
<clipPath id="browser">${roundedBox(browser)}</clipPath>
<g clip-path="url(#terminal)">
<rect width="${terminal.width}" height="${height}" fill="#171d1a"/>
<rect width="${terminal.width}" height="${BAR}" fill="#232b27"/>
<text class="title" x="${INSET}" y="22" style="fill: #aab4af">Terminal</text>
</g>
<g clip-path="url(#browser)">
<rect x="${browser.x}" width="${browser.width}" height="${height}" fill="${page}"/>
<rect x="${browser.x}" width="${browser.width}" height="${BAR}" fill="${bar}"/>
<text class="title" x="${browser.x + INSET}" y="22">${escapeXml(url.replace('http://', ''))}</text>
</g>
${drawSteps(steps, userCode, appearance).join('\n')}
<g fill="none" stroke="${border}">${roundedBox(terminal)}${roundedBox(browser)}</g>
</svg>
`;
}

function roundedBox({ x, width }: typeof terminal): string {
  return `<rect x="${x + 0.5}" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"/>`;
}

/** The rule by which a step appears at its time. A page goes when the next one comes. */
function appear(step: Step, index: number, steps: readonly Step[]): string {
  const next = 'page' in step ? steps.findIndex((each, other) => other > index && 'page' in each) : -1;
  const frames = [
    index > 0 && '0% { opacity: 0 }',
    `${percentBefore(index)}% { opacity: 1 }`,
    next !== -1 && `${percentBefore(next)}% { opacity: 0 }`,
  ];
  const name = `s${index}`;
  return `.${name} { animation: ${name} ${SECONDS}s step-end infinite } @keyframes ${name} { ${frames.filter(Boolean).join(' ')} }\n`;
}

function percentBefore(step: number): string {
  return ((100 * sum(SECONDS_BEFORE.slice(0, step + 1))) / SECONDS).toFixed(2);
}

function drawSteps(steps: readonly Step[], userCode: string, appearance: Appearance): readonly string[] {
  let row = 0;
  return steps.map((step, index) => {
    if ('page' in step) {
      const opacity = step.isForStill ? 1 : 0;
      return `<g class="s${index}" opacity="${opacity}">${drawPage(step.page[appearance])}</g>`;
    }
    const isTyped = 'typed' in step;
    const lines = wrap(isTyped ? `$ ${step.typed}` : step.printed);
    const texts = lines.map((line, offset) =>
      drawLine(line, row + offset, isTyped ? 'typed' : line === userCode ? 'code' : 'printed'),
    );
    // After what a command printed, the next one stands apart.
    row += lines.length + (isTyped ? 0 : 1);
    return `<g class="s${index}">${texts.join('')}</g>`;
  });
}

/** Every line is as wide as its characters are many, whatever font there is. */
function drawLine(line: string, row: number, kind: 'typed' | 'printed' | 'code'): string {
  if (line === '') return '';
  const y = BAR + 24 + row * LINE_HEIGHT;
  const length = (line.length * CHARACTER_WIDTH).toFixed(1);
  return `<text class="${kind}" x="${INSET}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escapeXml(line)}</text>`;
}

function drawPage(webp: Buffer): string {
  const { x, width } = browser;
  const url = `data:image/webp;base64,${webp.toString('base64')}`;
  return `<image clip-path="url(#browser)" x="${x}" y="${BAR}" width="${width}" height="${height - BAR}" href="${url}"/>`;
}

/** Breaks lines where a terminal would. */
function wrap(text: string): readonly string[] {
  const lines = stripVTControlCharacters(text).replaceAll('\r', '').trimEnd().split('\n');
  return lines.flatMap((line) => line.match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? ['']);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
