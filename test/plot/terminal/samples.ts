/** A picture of every kind, small enough to read and with something of everything. */

import type { Mark, Picture } from '../../../src/plot/description.js';
import {
  bands,
  bins,
  box,
  circle,
  cloud,
  falling,
  grid,
  groups,
  image,
  line,
  linear,
  lines,
  matrix,
  range,
  regions,
  rising,
  unit,
  words,
} from './sample-marks.js';

export const samples: Readonly<Record<string, Picture>> = {
  line: {
    panels: [
      {
        kind: 'chart',
        title: 'loss',
        x: { label: 'epoch', whole: true },
        y: linear('loss'),
        marks: [line('train', 0, falling), line('validation', 1, rising)],
      },
    ],
  },
  gap: {
    panels: [
      { kind: 'chart', x: linear('x'), y: linear('y'), marks: [line('loss', 0, [1, 2, Number.NaN, 3, 4])] },
    ],
    notes: ['1 value is not finite and leaves a gap.'],
  },
  'six lines': lines(6),
  'log scale': {
    panels: [
      {
        kind: 'chart',
        x: linear('epoch'),
        y: { label: 'loss', scale: 'log' },
        marks: [
          line(
            'loss',
            0,
            range(30, (i) => 0.6 ** i),
          ),
          { kind: 'rule', y: 1e-3, name: 'goal' },
        ],
      },
    ],
  },
  circle: {
    panels: [{ kind: 'chart', equal: true, x: linear('cos'), y: linear('sin'), marks: [circle] }],
  },
  scatter: {
    title: 'Two groups',
    panels: [
      {
        kind: 'chart',
        x: linear('length'),
        y: linear('width'),
        marks: [
          regions,
          ...groups,
          { kind: 'points', name: 'centres', series: 2, x: [0, 1], y: [0, 1], emphasis: true },
          { kind: 'note', x: 1.5, y: 1.8, text: 'sure' },
        ],
      },
    ],
  },
  'many points': {
    panels: [
      {
        kind: 'chart',
        x: linear('x'),
        y: linear('y'),
        marks: [{ kind: 'points', series: 0, x: cloud(900, 0, 1), y: cloud(900, 0, 9) }],
      },
    ],
  },
  bars: {
    panels: [
      {
        kind: 'chart',
        title: 'Test accuracy',
        x: {
          label: '',
          scale: 'band',
          categories: ['logistic regression', 'small network', 'large network'],
        },
        y: { label: 'accuracy', domain: [0, 1] },
        marks: [bands([0.784, 0.79, 0.812]), { kind: 'rule', y: 0.68, name: 'always lost' }],
      },
    ],
  },
  'grouped bars': {
    panels: [
      {
        kind: 'chart',
        x: { label: 'species', scale: 'band', categories: words },
        y: linear('coefficient'),
        marks: [bands([1, -2, 3], 'length', 0), bands([0.5, 1.5, -0.25], 'width', 1, 0.4)],
      },
    ],
  },
  histogram: {
    panels: [
      {
        kind: 'chart',
        title: 'Heights',
        x: linear('cm'),
        y: linear('count'),
        marks: [bins('women', 0, [2, 8, 19, 30, 17, 6, 1, 0]), bins('men', 1, [0, 1, 5, 16, 29, 20, 9, 3])],
      },
    ],
  },
  confusion: {
    panels: [
      {
        kind: 'chart',
        title: 'Confusion',
        x: { label: 'predicted', scale: 'band', categories: words },
        y: { label: 'actual', scale: 'band', categories: words, reversed: true },
        marks: [
          {
            kind: 'cells',
            values: matrix,
            labels: matrix.map((row) => row.map(String)),
            x: [-0.5, 2.5],
            y: [-0.5, 2.5],
            palette: 'sequential',
          },
        ],
      },
    ],
  },
  'heat map': {
    panels: [
      {
        kind: 'chart',
        x: linear('x'),
        y: linear('y'),
        marks: [
          {
            kind: 'cells',
            name: 'height',
            values: grid(16, (row, column) => Math.sin(row / 4) * Math.cos(column / 4)),
            x: [0, 1],
            y: [0, 1],
            palette: 'diverging',
          },
        ],
      },
    ],
  },
  images: {
    panels: [
      {
        kind: 'images',
        images: [
          image(14, { caption: 'ball', verdict: 'right' }),
          image(14, { caption: 'a very long caption', verdict: 'wrong' }),
          image(14),
        ],
      },
    ],
  },
  model: {
    panels: [
      {
        kind: 'diagram',
        title: 'Sequential',
        width: 100,
        height: 120,
        nodes: [
          box(10, 'Input', '(None, 784)'),
          box(60, 'Dense relu', '(None, 16)'),
          box(110, 'Dense softmax'),
        ],
        edges: [
          { from: 0, to: 1 },
          { from: 1, to: 2, label: '170 parameters' },
        ],
      },
    ],
  },
  network: {
    panels: [
      {
        kind: 'diagram',
        width: 100,
        height: 60,
        nodes: [
          unit(10, 20, 0.9),
          unit(10, 40, -0.9),
          unit(50, 10, 0),
          unit(50, 30, 1),
          unit(50, 50, -1),
          unit(90, 30, 1),
        ],
        edges: [0, 1].flatMap((from) =>
          [2, 3, 4].map((to) => ({ from, to, weight: (from + to) % 2 ? 0.8 : -0.6 })),
        ),
        notes: [
          { kind: 'note', x: 10, y: 56, text: 'input' },
          { kind: 'note', x: 50, y: 58, text: '… 13 more' },
          { kind: 'note', x: 90, y: 56, text: 'output' },
        ],
      },
    ],
  },
  'four panels': {
    title: 'Größe × 工作',
    panels: ['accuracy', 'loss', 'mae', '精度'].map((name) => ({
      kind: 'chart',
      title: name,
      x: linear('epoch'),
      y: linear(name),
      marks: [line('train', 0, falling), { ...line('validation', 0, rising), dashed: true } as Mark],
    })),
  },
  empty: {
    panels: [{ kind: 'chart', x: linear('x'), y: linear('y'), marks: [line('loss', 0, [Number.NaN])] }],
  },
};
