import { useMemo } from 'react';
import { encode } from 'uqr';
import styles from './qr-code.module.css';

/** The quiet zone that the standard asks for, in modules. */
const quietZone = 4;
/** Each module is a whole number of pixels near this width of the whole: cameras dislike blurred edges. */
const aboutPixels = 272;

/** Dark on light in both themes: phones read nothing else reliably. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const drawn = useMemo(() => draw(text), [text]);
  const pixels = Math.floor(aboutPixels / drawn.size) * drawn.size;
  return (
    <svg
      className={styles.root}
      role="img"
      aria-label={label}
      width={pixels}
      height={pixels}
      viewBox={`0 0 ${drawn.size} ${drawn.size}`}
      shapeRendering="crispEdges"
    >
      <rect className={styles.light} width={drawn.size} height={drawn.size} />
      <path className={styles.dark} d={drawn.path} />
    </svg>
  );
}

function draw(text: string): { readonly size: number; readonly path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone });
  const path = data.map((row, y) => drawRow(row, y)).join('');
  return { size, path };
}

/** Neighbours as one bar: no hairlines between them at any zoom. */
function drawRow(row: readonly boolean[], y: number): string {
  let path = '';
  let from = -1;
  for (let x = 0; x <= row.length; x += 1) {
    const dark = row[x] === true;
    if (dark && from < 0) from = x;
    if (dark || from < 0) continue;
    path += `M${from} ${y}h${x - from}v1h${from - x}z`;
    from = -1;
  }
  return path;
}
