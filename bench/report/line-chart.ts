/** What a chart of lines shows. */
export interface LineChart {
  readonly title: string;
  readonly x: { readonly label: string; readonly scale: 'linear' | 'log' };
  /** From 0. */
  readonly y: { readonly label: string };
  /** At most six, with the points of each from left to right. */
  readonly lines: readonly {
    readonly label: string;
    readonly points: readonly (readonly [number, number])[];
  }[];
}

const WIDTH = 720;
const HEIGHT = 400;
const PLOT = { left: 64, right: 520, top: 48, bottom: 344 };
/** Colours that people with any kind of colour vision tell apart (Okabe and Ito), and dashes for print. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];
const DASHES = ['', '', '', '6 4', '6 4', '6 4'];
const TICKS = 5;

/** Draws an SVG, for a light and a dark page. */
export function renderLineChart({ title, x, y, lines }: LineChart): string {
  const xs = lines.flatMap(({ points }) => points.map(([value]) => value));
  const top = niceCeiling(Math.max(...lines.flatMap(({ points }) => points.map(([, value]) => value))));
  const project = x.scale === 'log' ? Math.log10 : (value: number) => value;
  const [first, last] = [project(Math.min(...xs)), project(Math.max(...xs))];
  const atX = (value: number) =>
    PLOT.left + ((project(value) - first) / (last - first || 1)) * (PLOT.right - PLOT.left);
  const atY = (value: number) => PLOT.bottom - (value / top) * (PLOT.bottom - PLOT.top);
  const yTicks = Array.from({ length: TICKS + 1 }, (_, index) => (top * index) / TICKS);
  const xTicks = [...new Set(xs)].sort((one, other) => one - other);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeText(title)}">`,
    `<style>
      text { font: 13px system-ui, sans-serif; fill: #24292f }
      .title { font-size: 15px; font-weight: 600 }
      .grid { stroke: #d0d7de } .line { fill: none; stroke-width: 2 }
      @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .grid { stroke: #3d444d } }
    </style>`,
    `<text class="title" x="${PLOT.left}" y="24">${escapeText(title)}</text>`,
    ...yTicks.map(
      (value) =>
        `<path class="grid" d="M${PLOT.left} ${round(atY(value))}H${PLOT.right}"/>` +
        `<text x="${PLOT.left - 8}" y="${round(atY(value) + 4)}" text-anchor="end">${number(value)}</text>`,
    ),
    ...xTicks.map(
      (value) =>
        `<text x="${round(atX(value))}" y="${PLOT.bottom + 20}" text-anchor="middle">${number(value)}</text>`,
    ),
    `<text x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 42}" text-anchor="middle">${escapeText(x.label)}</text>`,
    `<text x="14" y="${(PLOT.top + PLOT.bottom) / 2}" text-anchor="middle" transform="rotate(-90 14 ${(PLOT.top + PLOT.bottom) / 2})">${escapeText(y.label)}</text>`,
    ...lines.flatMap(({ label, points }, index) => {
      const colour = COLOURS[index % COLOURS.length];
      const style = `stroke="${colour}" stroke-dasharray="${DASHES[index % DASHES.length]}"`;
      const path = points.map(([px, py]) => `${round(atX(px))} ${round(atY(py))}`).join('L');
      const legendY = PLOT.top + 8 + index * 22;
      return [
        `<path class="line" ${style} d="M${path}"/>`,
        ...points.map(
          ([px, py]) => `<circle cx="${round(atX(px))}" cy="${round(atY(py))}" r="3" fill="${colour}"/>`,
        ),
        `<path class="line" ${style} d="M${PLOT.right + 20} ${legendY}h28"/>`,
        `<text x="${PLOT.right + 56}" y="${legendY + 4}">${escapeText(label)}</text>`,
      ];
    }),
    '</svg>\n',
  ].join('\n');
}

/** The least of 1, 2, 2.5 and 5 times a power of ten that is not below the value. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const number = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });
const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
