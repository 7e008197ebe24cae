import { expect, test } from 'vitest';
import { Conv2D, Dense, Dropout, Flatten, MaxPooling2D, Sequential } from '../../../src/index.js';
import type { DiagramPanel } from '../../../src/plot/description.js';
import { plotModel } from '../../../src/plot/index.js';

const model = () =>
  new Sequential(
    [
      new Conv2D(16, 3, { inputShape: [20, 20, 3], name: 'first' }),
      new MaxPooling2D(2),
      new Sequential([new Flatten(), new Dense(2)], { name: 'head' }),
    ],
    { name: 'cells' },
  );

test('a box for the input and for each layer, with name, class, shape and parameters, and arrows', () => {
  const { picture } = plotModel(model());
  expect(picture.title).toBe("Sequential 'cells': 3,042 parameters");
  const { nodes, edges } = picture.panels[0] as DiagramPanel;
  expect(nodes.map(({ text }) => text)).toEqual([
    ['input', '[batch, 20, 20, 3]'],
    ['first (Conv2D)', '[batch, 18, 18, 16]', '448 parameters'],
    ['max_pooling2d (MaxPooling2D)', '[batch, 9, 9, 16]'],
    ['head/flatten (Flatten)', '[batch, 1296]'],
    ['head/dense (Dense)', '[batch, 2]', '2,594 parameters'],
  ]);
  expect(edges).toEqual([0, 1, 2, 3].map((i) => ({ from: i, to: i + 1 })));
});

test('boxes stand below one another, inside the drawing, wide enough for their text', () => {
  const { nodes, width, height } = plotModel(model()).picture.panels[0] as DiagramPanel;
  for (const [i, node] of nodes.entries()) {
    const before = nodes[i - 1];
    const top = before ? before.y + before.height / 2 : 0;
    expect(node.y - node.height / 2).toBeGreaterThan(top);
    expect(node.x - node.width / 2).toBeGreaterThan(0);
    expect(node.x + node.width / 2).toBeLessThan(width);
    expect(node.width).toBeGreaterThan(6 * Math.max(...node.text!.map(({ length }) => length)));
  }
  expect(nodes.at(-1)!.y + nodes.at(-1)!.height / 2).toBeLessThan(height);
});

test('shapes and names can be left out', () => {
  const { nodes } = plotModel(model(), { showShapes: false, showLayerNames: false, title: 'Cells' }).picture
    .panels[0] as DiagramPanel;
  expect(nodes.map(({ text }) => text)).toEqual([
    ['input'],
    ['Conv2D', '448 parameters'],
    ['MaxPooling2D'],
    ['Flatten'],
    ['Dense', '2,594 parameters'],
  ]);
});

test('what is no model, or does not know its shapes, is refused', () => {
  expect(() => plotModel(new Dense(1) as never)).toThrow(/plotModel expected a Sequential, received a Dense/);
  expect(() => plotModel(new Sequential([new Dropout(0.1)]))).toThrow(/has seen no inputs yet/);
  expect(() => plotModel(model(), { showshapes: true } as never)).toThrow(/Did you mean 'showShapes'/);
});
