import { closeSync, openSync, readSync } from 'node:fs';
import ExifReader from 'exifreader';

export type Point = { readonly latitude: number; readonly longitude: number };

/** Where cameras put it: the head of the file; a hostile gigabyte is not read for a place. */
const headBytes = 1024 * 1024;

/** Where a photo was taken, as the camera wrote it; undefined when it wrote nothing or nothing sensible. */
export function readGps(path: string): Point | undefined {
  try {
    const { gps } = ExifReader.load(head(path), { expanded: true });
    return toPoint(gps?.Latitude, gps?.Longitude);
  } catch {
    // No picture, a broken one, or the file is gone: there is no place to be had from it.
    return undefined;
  }
}

/** Undefined outside the globe, and for the 0, 0 that a camera without a fix writes. */
export function toPoint(latitude: number | undefined, longitude: number | undefined): Point | undefined {
  if (latitude === undefined || longitude === undefined) return undefined;
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return undefined;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return latitude === 0 && longitude === 0 ? undefined : { latitude, longitude };
}

function head(path: string): ArrayBuffer {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(headBytes);
    const length = readSync(file, bytes, 0, headBytes, 0);
    return bytes.buffer.slice(0, length);
  } finally {
    closeSync(file);
  }
}
