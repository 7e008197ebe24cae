/** Names of `myelin/plot`. */

export { type BarsOptions, plotBars } from './charts/bars.js';
export { type BoundaryOptions, type Predictor, plotBoundary } from './charts/boundary.js';
export type { Labels } from './charts/classes.js';
export { type ConfusionOptions, plotConfusion } from './charts/confusion.js';
export { type HeatMapOptions, plotHeatMap } from './charts/heat-map.js';
export { type HistogramOptions, plotHistogram } from './charts/histogram.js';
export { type HistoryLike, type HistoryOptions, plotHistory } from './charts/history.js';
export { type Curve, type LinesOptions, plotLines } from './charts/lines.js';
export { type PanelsOptions, panels } from './charts/panels.js';
export { type PredictionsOptions, plotPredictions } from './charts/predictions.js';
export { plotRoc, type RocOptions, type RocPoints } from './charts/roc.js';
export { type Places, plotScatter, type ScatterOptions } from './charts/scatter.js';
export type { Rows, Values } from './charts/values.js';
export type * from './description.js';
export { type ModelPlotOptions, plotModel } from './diagrams/model.js';
export { type NetworkOptions, plotNetwork } from './diagrams/network.js';
export { type ActivationsOptions, plotActivations } from './images/activations.js';
export { type FiltersOptions, plotFilters } from './images/filters.js';
export { type ImagesOptions, plotImages } from './images/images.js';
export { imagesPng } from './images/png.js';
export type { SheetOptions } from './images/sheet.js';
export { imagesSixel } from './images/sixel.js';
export { Plot } from './plot.js';
export type { SvgOptions } from './svg/svg.js';
export { Dashboard } from './terminal/dashboard/dashboard.js';
export type { PrintStream } from './terminal/print.js';
export type { TerminalOptions } from './terminal/text.js';
