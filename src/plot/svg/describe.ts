/** What a picture shows, for those who hear it. */

import type { Panel, Picture } from '../description.js';

export const describePicture = ({ panels, notes = [] }: Picture): string =>
  [...panels.map(describePanel), ...notes].join(' ');

function describePanel(panel: Panel): string {
  const title = panel.title ? `${panel.title}: ` : '';
  if (panel.kind === 'images') return `${title}${counted(panel.images.length, 'image')}.`;
  if (panel.kind === 'diagram')
    return `${title}diagram of ${counted(panel.nodes.length, 'node')} and ${counted(panel.edges.length, 'edge')}.`;
  const names = panel.marks.flatMap((mark) => ('name' in mark && mark.name ? [mark.name] : []));
  const axes = [panel.y.label, panel.x.label].filter(Boolean).join(' over ');
  return `${title}chart of ${axes || 'values'}${names.length > 0 ? `: ${[...new Set(names)].join(', ')}` : ''}.`;
}

const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
