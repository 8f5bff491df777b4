/** A number somebody typed, or undefined when it is none between the two. */
export function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = Number(text.trim());
  return text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}
