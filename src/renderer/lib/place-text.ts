/** Five digits after the point are a metre. */
const digits = 5;

export function placeText(place: { readonly latitude: number; readonly longitude: number }): string {
  return `${place.latitude.toFixed(digits)}, ${place.longitude.toFixed(digits)}`;
}
