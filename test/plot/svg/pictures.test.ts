import { expect, test } from 'vitest';
import { plotConfusion, plotHistory } from '../../../src/plot/index.js';

// Whole pictures, byte for byte. After a change that is meant: `npx vitest run test/plot/svg -u`, and look at them.

test('the picture of a history is the one that was looked at', async () => {
  const history = {
    loss: [0.9, 0.5, 0.3, 0.2],
    val_loss: [1, Number.NaN, 0.6, 0.65],
    accuracy: [0.5, 0.7, 0.85, 0.9],
  };
  await expect(plotHistory(history, { title: 'Titanic' }).svg()).toMatchFileSnapshot(
    'pictures/history.svg.txt',
  );
});

test('the picture of a confusion matrix is the one that was looked at', async () => {
  const matrix = [
    [90, 8, 2],
    [4, 70, 26],
    [0, 12, 88],
  ];
  const plot = plotConfusion(matrix, { classes: ['setosa', 'versicolor', 'virginica'] });
  await expect(plot.svg({ width: 480 })).toMatchFileSnapshot('pictures/confusion.svg.txt');
});
