/** The place that is drawn on. */
export interface Surface {
  /** Characters in a line. */
  readonly width: number;
  /** Lines of a chart between its axes, where that is asked for. */
  readonly height?: number | undefined;
  readonly colour: boolean;
  /** Whether any colour can be shown, not only 256. */
  readonly trueColour: boolean;
  readonly unicode: boolean;
}

/** Shades from nothing to full. */
export const shades = (unicode: boolean): string => (unicode ? ' ░▒▓█' : ' .:-=+*#%@');

export const shade = (share: number, ramp: string): string =>
  ramp[Math.min(ramp.length - 1, Math.max(0, Math.floor(share * ramp.length)))]!;
