import type { Cluster, IncidentMark, IncidentState } from './clusters.ts';
import type { Outlines } from './projection.ts';
import type { Size, View } from './view.ts';

export type Colours = Readonly<
  Record<
    'sea' | 'land' | 'home' | 'line' | 'border' | 'text' | 'dim' | 'panel' | 'accent' | IncidentState,
    string
  >
>;

const tokens: Readonly<Record<keyof Colours, string>> = {
  sea: '--color-bg',
  land: '--color-panel',
  home: '--color-raised',
  line: '--color-line-strong',
  border: '--color-line',
  text: '--color-text',
  dim: '--color-faint',
  panel: '--color-panel',
  accent: '--color-accent',
  overdue: '--color-over-edge',
  risk: '--color-risk',
  calm: '--color-dim',
  paused: '--color-faint',
};

/** Of the theme that is on. */
export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  return Object.fromEntries(
    Object.entries(tokens).map(([name, token]) => [name, style.getPropertyValue(token).trim()]),
  ) as Colours;
}

type Canvas = CanvasRenderingContext2D;

export function drawGround(
  canvas: Canvas,
  outlines: Outlines,
  view: View,
  colours: Colours,
  filled: boolean,
): void {
  canvas.save();
  canvas.scale(view.scale, view.scale);
  canvas.translate(-view.left, -view.top);
  canvas.lineJoin = 'round';
  if (filled) {
    canvas.fillStyle = colours.land;
    canvas.fill(outlines.land);
    canvas.fillStyle = colours.home;
    canvas.fill(outlines.home);
  }
  canvas.lineWidth = 0.7 / view.scale;
  canvas.strokeStyle = colours.border;
  canvas.stroke(outlines.land);
  canvas.strokeStyle = colours.line;
  canvas.stroke(outlines.borders);
  canvas.lineWidth = 1.2 / view.scale;
  canvas.stroke(outlines.home);
  canvas.restore();
}

export function drawAssets(canvas: Canvas, clusters: readonly Cluster[], colours: Colours): void {
  canvas.font = '10px "Inter Variable", sans-serif';
  canvas.textAlign = 'center';
  canvas.textBaseline = 'middle';
  for (const { x, y, count } of clusters) {
    const radius = count === 1 ? 2.5 : Math.min(15, 6 + Math.log10(count) * 3.2);
    canvas.beginPath();
    canvas.arc(x, y, radius, 0, 2 * Math.PI);
    canvas.fillStyle = count === 1 ? colours.dim : colours.panel;
    canvas.fill();
    if (count === 1) continue;
    canvas.strokeStyle = colours.line;
    canvas.lineWidth = 1;
    canvas.stroke();
    canvas.fillStyle = colours.dim;
    canvas.fillText(short(count), x, y + 0.5);
  }
}

/** Colour and shape both say the state, as everywhere on the desk. */
export function drawIncidents(
  canvas: Canvas,
  marks: readonly IncidentMark[],
  chosenId: number | null,
  colours: Colours,
): void {
  canvas.font = '600 11px "Inter Variable", sans-serif';
  canvas.textAlign = 'center';
  canvas.textBaseline = 'middle';
  for (const mark of marks.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))) {
    const { x, y, state, incidents } = mark;
    const radius = incidents.length === 1 ? 8 : 12;
    if (incidents.some(({ id }) => id === chosenId)) {
      canvas.beginPath();
      canvas.arc(x, y, radius + 6, 0, 2 * Math.PI);
      canvas.strokeStyle = colours.accent;
      canvas.lineWidth = 2.5;
      canvas.stroke();
    }
    shape(canvas, state, x, y, radius);
    canvas.fillStyle = state === 'paused' ? colours.panel : colours[state];
    canvas.fill();
    canvas.strokeStyle = state === 'paused' ? colours.paused : colours.sea;
    canvas.lineWidth = 1.5;
    canvas.stroke();
    canvas.fillStyle = state === 'paused' ? colours.text : colours.sea;
    const text = incidents.length > 1 ? short(incidents.length) : signs[state];
    canvas.fillText(text, x, state === 'risk' ? y + 2 : y + 0.5);
  }
}

/** The worst are drawn last, on top. */
const order: readonly IncidentState[] = ['paused', 'calm', 'risk', 'overdue'];
const signs: Readonly<Record<IncidentState, string>> = { overdue: '!', risk: '', calm: '', paused: 'II' };

function shape(canvas: Canvas, state: IncidentState, x: number, y: number, radius: number): void {
  canvas.beginPath();
  if (state === 'overdue') polygon(canvas, x, y, { radius: radius * 1.15, corners: 4, turn: 0 });
  else if (state === 'risk')
    polygon(canvas, x, y + radius * 0.15, { radius: radius * 1.25, corners: 3, turn: -Math.PI / 2 });
  else if (state === 'calm') polygon(canvas, x, y, { radius: radius * 1.1, corners: 4, turn: Math.PI / 4 });
  else canvas.arc(x, y, radius, 0, 2 * Math.PI);
}

type Polygon = { readonly radius: number; readonly corners: number; readonly turn: number };

function polygon(canvas: Canvas, x: number, y: number, { radius, corners, turn }: Polygon): void {
  for (let corner = 0; corner < corners; corner += 1) {
    const angle = turn + (corner * 2 * Math.PI) / corners;
    canvas.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  canvas.closePath();
}

/** 1 240 as 1,2k: what fits into a mark. */
function short(count: number): string {
  return count < 1000 ? String(count) : `${Math.round(count / 100) / 10}k`;
}

/** Sharp on any screen; answers nothing where the canvas is not there. */
export function prepare(element: HTMLCanvasElement, size: Size): Canvas | null {
  const ratio = globalThis.devicePixelRatio;
  element.width = Math.round(size.width * ratio);
  element.height = Math.round(size.height * ratio);
  const canvas = element.getContext('2d');
  canvas?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return canvas;
}
