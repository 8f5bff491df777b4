import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MapIncident } from '../../../shared/contract/reports.ts';
import { readMapPoints, type MapPoints } from '../../../shared/domain/map-points.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useShortcut } from '../../lib/hotkeys.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { statesByUrgency, type IncidentState } from './clusters.ts';
import { IncidentList } from './incident-list.tsx';
import { MapCanvas, type PlacedAssets } from './map-canvas.tsx';
import { MapFilters } from './map-filters.tsx';
import styles from './map.module.css';
import { createPlane, loadOutlines, type Outlines, type Plane } from './projection.ts';
import { createTilePainter } from './tile-painter.ts';
import { TileSetting } from './tile-setting.tsx';
import { useElementSize } from './use-element-size.ts';
import { centred, fit, type View, zoomAt } from './view.ts';

const kinds = ['incident', 'alarm', 'asset', 'setting'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.reports.mapIncidents({}, { signal });
/** A single place is shown from here: a few streets around it. */
const closeScale = 60;

/** Where it happens: open incidents by state and the assets of the registry, without any network. */
export function MapScreen({
  onOpenIncident,
  onOpenAsset,
  loadPoints = fetchPoints,
}: {
  readonly onOpenIncident: (id: number) => void;
  readonly onOpenAsset: (id: number) => void;
  readonly loadPoints?: (base: string, signal: AbortSignal) => Promise<MapPoints>;
}) {
  const { t } = useTranslation();
  const { base, preferences } = useDesk();
  const errorText = useErrorText();
  const theme = useStore(preferences.store, (state) => state.theme);
  const { data, status, error, reload } = useServerData(load, kinds);
  const [states, setStates] = useState<readonly IncidentState[]>(statesByUrgency);
  const [withAssets, setWithAssets] = useState(true);
  const [chosenId, setChosenId] = useState<number | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const size = useElementSize(box);
  const address = data?.tiles ?? '';
  const kind: Plane['kind'] = address === '' ? 'conic' : 'tiles';
  const plane = useMemo(() => createPlane(kind), [kind]);
  const tiles = useMemo(() => (address === '' ? undefined : createTilePainter(address)), [address]);
  const outlines = useOutlines(kind);
  const { points, failed } = usePoints(base, loadPoints);
  const placedAssets = useMemo(() => (points ? placeAssets(points, plane) : undefined), [points, plane]);
  const [moved, setMoved] = useState<{ readonly kind: Plane['kind']; readonly view: View } | null>(null);
  const home = useMemo(() => fit(plane.home, size), [plane, size]);
  const view = moved?.kind === kind ? moved.view : home;

  const change = useCallback(
    (next: (view: View) => View) =>
      setMoved((before) => ({ kind, view: next(before?.kind === kind ? before.view : home) })),
    [kind, home],
  );
  const shown = useMemo(
    () => (data?.incidents ?? []).filter(({ state }) => states.includes(state)).toSorted(byUrgency),
    [data, states],
  );
  const placed = useMemo(
    () =>
      shown.flatMap((item) => {
        const [x, y] = plane.project(...item.position) ?? [];
        return x === undefined || y === undefined ? [] : [{ item, x, y }];
      }),
    [shown, plane],
  );

  function choose(incident: MapIncident): void {
    setChosenId(incident.id);
    const [x, y] = plane.project(...incident.position) ?? [];
    if (x === undefined || y === undefined) return;
    change(({ scale }) => centred(x, y, Math.max(scale, closeScale / 8), size));
  }

  function walk(step: number): void {
    const at = shown.findIndex(({ id }) => id === chosenId);
    const next = shown[at === -1 ? 0 : Math.min(shown.length - 1, Math.max(0, at + step))];
    if (next) choose(next);
  }

  useShortcut('next', () => walk(1));
  useShortcut('previous', () => walk(-1));
  useShortcut('open', () => (chosenId === null ? false : onOpenIncident(chosenId)));

  return (
    <Screen
      title={t('reports.map.title')}
      count={shown.length}
      dimmed={status === 'stale'}
      actions={<TileSetting address={address} />}
    >
      {error && !data ? (
        <Notice tone="bad" action={<Button onClick={reload}>{t('common.retry')}</Button>}>
          {errorText(error)}
        </Notice>
      ) : null}
      <div className={styles.columns}>
        <div className={styles.side}>
          <MapFilters
            states={states}
            counts={data?.incidents ?? []}
            withAssets={withAssets}
            onStates={setStates}
            onAssets={setWithAssets}
          />
          {failed ? <Notice tone="risk">{t('reports.map.pointsFailed')}</Notice> : null}
          <IncidentList incidents={shown} chosenId={chosenId} onChoose={choose} onOpen={onOpenIncident} />
          {data && data.unplaced > 0 ? (
            <p className={styles.faint}>{t('reports.map.unplaced', { count: data.unplaced })}</p>
          ) : null}
        </div>
        <div className={styles.field} ref={box}>
          <MapCanvas
            label={t('reports.map.canvas', { count: shown.length })}
            size={size}
            view={view}
            outlines={outlines}
            tiles={tiles}
            assets={withAssets ? placedAssets : undefined}
            incidents={placed}
            chosenId={chosenId}
            theme={theme}
            onView={change}
            onHome={() => setMoved(null)}
            onIncidents={(some) => {
              const [first] = some;
              if (!first) return;
              if (some.length > 1 && view.scale < closeScale * 20) {
                const [x = 0, y = 0] = plane.project(...first.position) ?? [];
                setChosenId(first.id);
                change(({ scale }) => centred(x, y, scale * 3, size));
              } else if (first.id === chosenId) onOpenIncident(first.id);
              else setChosenId(first.id);
            }}
            onAsset={onOpenAsset}
          />
          <div className={styles.zoom}>
            <Button onClick={() => change((now) => zoomAt(now, 1.5, middle(size)))}>
              <span aria-hidden="true">+</span>
              <span className="visually-hidden">{t('reports.map.zoomIn')}</span>
            </Button>
            <Button onClick={() => change((now) => zoomAt(now, 1 / 1.5, middle(size)))}>
              <span aria-hidden="true">−</span>
              <span className="visually-hidden">{t('reports.map.zoomOut')}</span>
            </Button>
            <Button onClick={() => setMoved(null)}>{t('reports.map.whole')}</Button>
          </div>
        </div>
      </div>
    </Screen>
  );
}

const middle = ({ width, height }: { readonly width: number; readonly height: number }) => ({
  x: width / 2,
  y: height / 2,
});

function byUrgency(a: MapIncident, b: MapIncident): number {
  const rank = ({ state }: MapIncident) => statesByUrgency.indexOf(state);
  return rank(a) - rank(b) || (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.id - b.id;
}

function placeAssets(points: MapPoints, plane: Plane): PlacedAssets {
  const xs = new Float32Array(points.ids.length);
  const ys = new Float32Array(points.ids.length);
  for (const [index, longitude] of points.longitudes.entries()) {
    const [x, y] = plane.project(longitude, points.latitudes[index] ?? 0) ?? [NaN, NaN];
    xs[index] = x;
    ys[index] = y;
  }
  return { ids: points.ids, xs, ys };
}

function useOutlines(kind: Plane['kind']): Outlines | undefined {
  const [loaded, setLoaded] = useState<{ readonly kind: Plane['kind']; readonly outlines: Outlines }>();
  useEffect(() => {
    let isGone = false;
    void loadOutlines(kind).then((outlines) => {
      if (!isGone) setLoaded({ kind, outlines });
    });
    return () => {
      isGone = true;
    };
  }, [kind]);
  return loaded?.kind === kind ? loaded.outlines : undefined;
}

function usePoints(base: string, loadPoints: (base: string, signal: AbortSignal) => Promise<MapPoints>) {
  const [state, setState] = useState<{ readonly points: MapPoints | undefined; readonly failed: boolean }>({
    points: undefined,
    failed: false,
  });
  useEffect(() => {
    const stopping = new AbortController();
    loadPoints(base, stopping.signal).then(
      (points) => setState({ points, failed: false }),
      () => {
        if (!stopping.signal.aborted) setState({ points: undefined, failed: true });
      },
    );
    return () => stopping.abort();
  }, [base, loadPoints]);
  return state;
}

async function fetchPoints(base: string, signal: AbortSignal): Promise<MapPoints> {
  const answer = await fetch(`${base}map/points`, { signal });
  if (!answer.ok) throw new Error(`map points: ${answer.status}`);
  return readMapPoints(await answer.arrayBuffer());
}
