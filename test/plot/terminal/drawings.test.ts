import { expect, test } from 'vitest';
import { type TerminalOptions, terminalText } from '../../../src/plot/terminal/text.js';
import { samples } from './samples.js';

const shown = (name: string, options: TerminalOptions = {}) => terminalText(samples[name]!, options);
/** For snapshots: begins on a line of its own. */
const drawn = (name: string, options: TerminalOptions = {}) =>
  `\n${shown(name, { width: 44, height: 7, ...options })}`;

test('points lie over the regions, with their signs in the legend', () => {
  expect(drawn('scatter', { height: 8 })).toMatchInlineSnapshot(`
    "
    Two groups
    width
     2 ┤    ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
       │        ░░░░░░░░▲▲░░▲░▲░░▲▲▲▲░░░░sure░░░
       │              ░░░░▲░▲░░░░░░░░░░░░▲▲░░░░░
     1 ┤        ●        ●●░●▲░░░░░✚░░▲░░▲░░░░░░
       │      ●    ●   ● ● ●    ░░░░░░░▲▲░▲▲░▲░░
     0 ┤    ●  ●     ✚      ●● ● ▲  ░░░▲░░░░░░░░
       │           ●      ●    ●          ░░░░░░
       │     ●       ●●    ●●                 ░░
    −1 └┬────────────┬─────────────┬───────────┬
        −1           0             1           2
    ● setosa   ▲ versicolor   ✚ centres
    (length)"
  `);
});

test('bars have a line for each category, with their values', () => {
  expect(drawn('bars')).toMatchInlineSnapshot(`
    "
                   Test accuracy
    accuracy
    logistic regress… ██████████████┊▋ 0.784
    small network     ██████████████┊▊ 0.79
    large network     ██████████████┊█▎ 0.812
    ┈┈ always lost"
  `);
});

test('bars of several series stand under each other, negative ones to the left', () => {
  expect(drawn('grouped bars')).toMatchInlineSnapshot(`
    "
    coefficient
    setosa                █████▎ 1
                          ▒▒▒ 0.5
    versicolor ███████████ −2
                          ▒▒▒▒▒▒▒▒ 1.5
    virginica             ████████████████ 3
                        ▒▒ −0.25
    ██ length   ▒▒ width"
  `);
});

test('a histogram stands on its axis, the higher bar behind', () => {
  expect(drawn('histogram')).toMatchInlineSnapshot(`
    "
                      Heights
    count
       │               █████▒▒▒▒▒
       │               █████▒▒▒▒▒
    20 ┤          ▃▃▃▃▃█████▒▒▒▒▒▒▒▒▒▒
       │          █████▒▒▒▒▒█████▒▒▒▒▒
       │          █████▒▒▒▒▒█████▒▒▒▒▒
       │     ▇▇▇▇▇█████▒▒▒▒▒█████▒▒▒▒▒▒▒▒▒▒
       │▄▄▄▄▄█████▒▒▒▒▒▒▒▒▒▒██████████▒▒▒▒▒▒▒▒▒▒
     0 └┬─────────┬─────────┬─────────┬────────┬
        0         2         4         6        8
        ██ women   ▒▒ men   (cm)"
  `);
});

test('a confusion matrix is a table, with shades beside its numbers', () => {
  expect(drawn('confusion')).toMatchInlineSnapshot(`
    "
                     Confusion
    actual ↓  predicted →
                   setosa versicolor  virginica
    setosa            50█         0          0
    versicolor         0         47█         3
    virginica          0          2         48█"
  `);
});

test('a matrix of which the numbers do not fit is shades', () => {
  expect(shown('confusion', { width: 14, height: 3 })).not.toMatch(/50/);
  expect(shown('confusion', { width: 14, height: 3 })).toContain('██');
});

test('a heat map is shades with a scale', () => {
  expect(drawn('heat map')).toMatchInlineSnapshot(`
    "
    y
    1.0 ┤░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
        │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
        │▓▓▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒░░░░░░░░░░░░░░░░░░░░
        │██████████▓▓▓▓▓▒▒▒▒░░░░░
    0.5 ┤██████████▓▓▓▓▓▒▒▒▒░░░░░
        │█████▓▓▓▓▓▓▓▓▓▓▒▒▒▒░░░░░░░░          ░░
        │▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░░░
    0.0 └┬───────────────────┬─────────────────┬
         0.0                0.5              1.0
                         x
    height −0.997  ░▒▓█ 0.997"
  `);
});

test('a logarithmic axis has powers of ten, and rules have a name', () => {
  expect(drawn('log scale')).toMatchInlineSnapshot(`
    "
    loss
     10⁰ ┤────╮
         │    ╰─────╮
         │          ╰──────╮
         │┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈
    10⁻⁴ ┤                       ╰─────╮
         │                             ╰──────╮
         │                                    ╰─
         └───────────┬────────────┬────────────┬
                    10           20           30
          ── loss   ┈┈ goal   (epoch)"
  `);
});

test('lines that are no functions are dots', () => {
  expect(drawn('circle')).toMatchInlineSnapshot(`
    "
    sin
     1 ┤    ⡠⠤⠤⠤⠤⢄
       │ ⢠⠒⠉      ⠉⠒⢄
       │⢠⠃          ⠈⡆
     0 ┤⢸            ⡱
       │⠘⡄          ⢀⠇
       │ ⠘⢄⡀      ⢀⡠⠊
    −1 ┤   ⠈⠑⠒⠤⠔⠒⠊⠁
       └┬──────┬─────┬
        −1.0  0.0  1.0
        ⠒⠒ way   (cos)"
  `);
});

test('models are boxes, with what their arrows say', () => {
  expect(drawn('model')).toMatchInlineSnapshot(`
    "
                     Sequential
                  ╭─────────────╮
                  │    Input    │
                  │ (None, 784) │
                  ╰─────────────╯
                         │
                         ▼
                   ╭────────────╮
                   │ Dense relu │
                   │ (None, 16) │
                   ╰────────────╯
                         │ 170 parameters
                         ▼
                 ╭───────────────╮
                 │ Dense softmax │
                 ╰───────────────╯"
  `);
});

test('networks are drawn, and listed where there is no room or no Braille', () => {
  expect(drawn('network')).toMatchInlineSnapshot(`
    "

               ⢀⣀⣀⣀⣀⠤⠤⠤⣤⡴⠶○
        ●⠲⠶⣭⡭⠭⠭⢅⣀⣀⣠⣤⠒⠊⠉
           ⣀⡨⠭⠒⢪⣭⣀⣀⣀⠭⠭⠭⠭⠕⠒●                ●
        ◐⠚⠛⠭⠭⠭⠭⢅⣀⣀⣈⣉⠒⠢⠤⣀⡀
                    ⠉⠉⠉⠉⠙⠛◐
      input           … 13 more         output"
  `);
  expect(drawn('network', { unicode: false })).toMatchInlineSnapshot(`
    "
    layer 1: 2 units, input
    layer 2: 3 units, ... 13 more
    layer 3: 1 unit, output"
  `);
});

test('images are greys with captions, and half blocks of their colours where there are some', () => {
  expect(drawn('images')).toMatchInlineSnapshot(`
    "

        =%%%%%=        =%%%%%=
      =%%%%%%%%%=    =%%%%%%%%%=
      %%%%%%%%%%%    %%%%%%%%%%%
      %%%%%%%%%%%    %%%%%%%%%%%
       =%%%%%%%=      =%%%%%%%=
         =====          =====
    ✓ ball         ✗ a very long…


        =%%%%%=
      =%%%%%%%%%=
      %%%%%%%%%%%
      %%%%%%%%%%%
       =%%%%%%%=
         ====="
  `);
  const colours = (options: TerminalOptions) => shown('images', { colour: true, ...options });
  expect(colours({})).toMatch(/48;5;\d+m.*▀/);
  expect(colours({ trueColour: true })).toMatch(/48;2;\d+;\d+;\d+m.*▀/);
});

test('a value that is not finite leaves a gap, and the note says so', () => {
  expect(drawn('gap', { height: 4 })).toMatchInlineSnapshot(`
    "
    y
    4 ┤                                    ╭────
      │                              ──────╯
    2 ┤      ╭────
      │──────╯
      └┬─────────┬─────────┬─────────┬─────────┬
       1         2         3         4         5
       ── loss   (x)
    1 value is not finite and leaves a gap."
  `);
});
