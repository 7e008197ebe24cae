/** Colours of data. What is light and what is dark changes with the page: little is always near its background. */

export type Colour = readonly [red: number, green: number, blue: number];
export type Theme = 'light' | 'dark';

/**
 * Colours of series 0 to 7, told apart with every kind of colour vision. After Okabe and Ito, Color Universal Design, 2008; each
 * is made darker or lighter until it stands out from the page by 3 to 1 (WCAG 2.2, 1.4.11), and their yellow and black,
 * which cannot be, are an olive and a grey.
 */
export const seriesColours: Readonly<Record<Theme, readonly Colour[]>> = {
  light: [
    [0, 114, 178],
    [204, 121, 0],
    [0, 148, 108],
    [200, 72, 40],
    [176, 88, 140],
    [48, 146, 204],
    [128, 112, 0],
    [80, 80, 80],
  ],
  dark: [
    [77, 163, 224],
    [230, 159, 0],
    [40, 184, 138],
    [236, 112, 72],
    [212, 137, 177],
    [126, 200, 240],
    [240, 228, 66],
    [190, 190, 190],
  ],
};

/** Of a series: 8 is 0 again. */
export const seriesColour = (series: number, theme: Theme): Colour => seriesColours[theme][series % 8]!;

/** A colour from 0, near the page, to 1, far from it, with even steps of lightness: yellow, green, blue, on dark pages back. */
export function sequentialColour(share: number, theme: Theme): Colour {
  const at = theme === 'light' ? share : 1 - share;
  const lightness = 0.965 - 0.665 * at;
  const chroma = 0.045 + 0.22 * at * (1 - at) + 0.045 * at;
  return fromLch(lightness, chroma, 105 + 165 * at);
}

/** A colour from -1, blue, over 0, near the page, to 1, orange, with even steps of lightness. */
export function divergingColour(share: number, theme: Theme): Colour {
  const strength = Math.abs(share);
  const lightness = theme === 'light' ? 0.965 - 0.415 * strength : 0.29 + 0.46 * strength;
  return fromLch(lightness, 0.004 + 0.141 * strength, share < 0 ? 250 : 57);
}

/** How much two colours differ in light, from 1 to 21; words are read from 4.5 on. Source: WCAG 2.2, contrast ratio. */
export function contrast(a: Colour, b: Colour): number {
  const [dark, light] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** OKLab by lightness, chroma and hue in degrees. Ottosson, "A perceptual color space for image processing", 2020. */
function fromLch(lightness: number, chroma: number, hue: number): Colour {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    channel(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    channel(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    channel(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

function channel(linear: number): number {
  const bounded = Math.min(1, Math.max(0, linear));
  const share = bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * bounded ** (1 / 2.4) - 0.055;
  return Math.round(share * 255);
}
