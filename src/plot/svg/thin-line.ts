type Place = readonly [x: number, y: number];

/**
 * A line of very many points with the same looks: of each column of pixels the first, the lowest, the highest and the last
 * point, in their order. Gaps stay. Source: Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation", 2014.
 */
export function thinLine(places: readonly Place[], width: number): readonly Place[] {
  if (places.length <= 4 * width) return places;
  const kept: Place[] = [];
  let column: number[] = [];
  const flush = () => {
    const byHeight = [...column].sort((a, b) => places[a]![1] - places[b]![1]);
    const few = [column[0], byHeight[0], byHeight.at(-1), column.at(-1)];
    for (const i of [...new Set(few)].filter((i) => i !== undefined).sort((a, b) => a - b))
      kept.push(places[i]!);
    column = [];
  };
  places.forEach((place, i) => {
    const isGap = !Number.isFinite(place[0]) || !Number.isFinite(place[1]);
    const before = column.length > 0 ? places[column[0]!]! : undefined;
    if (isGap || (before && Math.floor(before[0]) !== Math.floor(place[0]))) flush();
    if (isGap) kept.push(place);
    else column.push(i);
  });
  flush();
  return kept;
}
