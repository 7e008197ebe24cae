/** A picture as data: what is drawn, in the units of the data. Terminal, SVG and page each draw it in their own way. */

/** A number, or what has none: NaN and infinities leave a gap. */
export type Numbers = ArrayLike<number>;

export interface Picture {
  readonly title?: string;
  readonly panels: readonly Panel[];
  /** Panels side by side. Default: as square as possible. */
  readonly columns?: number;
  /** What a reader must know to read it right, one line each, below the panels: "3 values were not finite and leave gaps." */
  readonly notes?: readonly string[];
}

export type Panel = ChartPanel | ImagesPanel | DiagramPanel;

/** Two axes and what lies between them. */
export interface ChartPanel {
  readonly kind: 'chart';
  readonly title?: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Later marks cover earlier ones. */
  readonly marks: readonly Mark[];
  /** Whether a unit is as long in both directions. */
  readonly equal?: boolean;
}

export interface Axis {
  readonly label: string;
  /** Default `linear`. `band`: the values are 0, 1, 2, ... and stand for `categories`. */
  readonly scale?: 'linear' | 'log' | 'band';
  readonly categories?: readonly string[];
  /** Default: what the marks need, rounded to ticks. */
  readonly domain?: readonly [low: number, high: number];
  /** Whether only whole numbers get a tick. */
  readonly whole?: boolean;
  /** Whether it runs downwards or leftwards: rows of a matrix. */
  readonly reversed?: boolean;
}

/**
 * Which colour of the palette, 0 to 7: the same number is the same colour (and shape of point, and stroke of line) in every
 * panel of a picture. Without one, a mark is drawn as secondary, in grey.
 */
export type Series = number;

export type Mark = Line | Points | Rectangles | Cells | Rule | Note;

export interface Line {
  readonly kind: 'line';
  /** In the legend. */
  readonly name?: string;
  readonly series?: Series;
  readonly x: Numbers;
  readonly y: Numbers;
  readonly dashed?: boolean;
}

export interface Points {
  readonly kind: 'points';
  readonly name?: string;
  readonly series?: Series;
  readonly x: Numbers;
  readonly y: Numbers;
  /** Larger and ringed: centres of clusters, a point that is spoken of. */
  readonly emphasis?: boolean;
}

/** Bars, bins, boxes: `x0[i]` to `x1[i]` by `y0[i]` to `y1[i]`. */
export interface Rectangles {
  readonly kind: 'rectangles';
  readonly name?: string;
  readonly series?: Series;
  readonly x0: Numbers;
  readonly x1: Numbers;
  readonly y0: Numbers;
  readonly y1: Numbers;
  /** Written at the end of each bar. */
  readonly labels?: readonly string[];
}

/** A grid of values as colours: heat maps, confusion matrices, regions of decision. Row 0 lies at `y[0]`. */
export interface Cells {
  readonly kind: 'cells';
  readonly values: readonly Numbers[];
  /** Where the grid begins and ends on both axes. */
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
  /** `sequential`: light to dark; `diverging`: around 0; `classes`: values are numbers of series, drawn pale. */
  readonly palette: 'sequential' | 'diverging' | 'classes';
  /** Default: the smallest and the largest value. */
  readonly domain?: readonly [low: number, high: number];
  /** Written into the cells. */
  readonly labels?: readonly (readonly string[])[];
  /** What the colours mean, for the scale beside the panel; none is drawn without. */
  readonly name?: string;
}

/** A straight line through the whole panel, at an `x` or a `y`. */
export interface Rule {
  readonly kind: 'rule';
  readonly name?: string;
  readonly x?: number;
  readonly y?: number;
}

/** Words at a place. */
export interface Note {
  readonly kind: 'note';
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** In a diagram: which part of the text stands at `x`. Default `middle`. */
  readonly align?: 'start' | 'middle';
}

/** Small pictures in rows. */
export interface ImagesPanel {
  readonly kind: 'images';
  readonly title?: string;
  readonly images: readonly Image[];
  /** Images in a row. Default: as square as possible. */
  readonly columns?: number;
  /** Side of a pixel in the SVG. Default: so that an image is about 80 units wide. */
  readonly pixelSize?: number;
}

export interface Image {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue of each pixel in turn, 0 to 255. */
  readonly pixels: Uint8Array;
  /** Below the image. */
  readonly caption?: string;
  /** How the caption is coloured: a right answer, a wrong one. */
  readonly verdict?: 'right' | 'wrong';
}

/** Boxes or circles and the lines between them: networks, models. Coordinates are in units of the drawing, y downwards. */
export interface DiagramPanel {
  readonly kind: 'diagram';
  readonly title?: string;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  /** Words beside the drawing: names of layers, "... 768 more". */
  readonly notes?: readonly Note[];
}

export interface DiagramNode {
  /** Of the middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly shape: 'circle' | 'box';
  /** Lines of text inside. */
  readonly text?: readonly string[];
  /** -1 to 1: how strongly it is filled, on the diverging palette. */
  readonly value?: number;
}

export interface DiagramEdge {
  /** Numbers of nodes. */
  readonly from: number;
  readonly to: number;
  /** -1 to 1: colour and width of the line, on the diverging palette. A plain arrow without. */
  readonly weight?: number;
  readonly label?: string;
}
