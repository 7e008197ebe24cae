"""Writes numpy-cases.json and printed.json: what numpy 2.4.6 computes and prints. python3 numpy-cases.py"""
import json
import random
import warnings
from pathlib import Path

import numpy as np

warnings.simplefilter('ignore')
rng = np.random.RandomState(0)
random.seed(0)
here = Path(__file__).parent
cases = []


def number(v, dtype):
    if dtype != 'float32':
        return int(v)
    return 'NaN' if np.isnan(v) else 'Infinity' if v == np.inf else '-Infinity' if v == -np.inf else float(v)


def write(a):
    a = np.asarray(a)
    kinds = {'int64': 'int32', 'float64': 'float32'}
    dtype = kinds.get(str(a.dtype), str(a.dtype))
    if dtype == 'float32':
        a = a.astype(np.float32)
    return {'shape': list(a.shape), 'dtype': dtype, 'data': [number(v, dtype) for v in a.ravel()]}


def case(text, inputs, expected):
    cases.append({'call': text, 'inputs': [write(x) for x in inputs], 'expected': write(expected)})


def f(*shape):
    return np.round(rng.randn(*shape), 2).astype(np.float32)


def i(*shape, low=-9, high=9):
    return rng.randint(low, high, size=shape).astype(np.int32)


def js(value):
    return json.dumps(value)


def folds():
    x = f(2, 3, 4)
    for name in ['sum', 'mean', 'max', 'min', 'std', 'var']:
        for axis in [None, 0, 1, -1, (0, 2), (-1, 1), ()]:
            for keep in [False, True]:
                wide = x.astype(np.float64)
                expected = getattr(np, name)(wide, axis=axis, keepdims=keep)
                method = 'variance' if name == 'var' else name
                case(f'x.{method}({js(axis)}, {{"keepDims": {js(keep)}}})', [x], expected)
    for name in ['argmax', 'argmin']:
        for axis in [None, 0, -1]:
            for keep in [False, True]:
                case(f'x.{name}({js(axis)}, {{"keepDims": {js(keep)}}})', [x], getattr(np, name)(x, axis=axis, keepdims=keep))
    b = x > 0.5
    for name in ['any', 'all']:
        for axis in [None, 1, (0, 1)]:
            case(f'x.{name}({js(axis)})', [b], getattr(np, name)(b, axis=axis))
            case(f'x.{name}({js(axis)})', [np.round(x)], getattr(np, name)(np.round(x), axis=axis))
    whole = i(3, 4)
    case('x.sum(0)', [whole], whole.sum(0))
    case('x.sum()', [b], b.sum())
    case('x.mean(1)', [whole], whole.mean(1))
    case('x.max(1)', [whole], whole.max(1))
    case('x.logsumexp(1)', [x], np.log(np.exp(x.astype(np.float64)).sum(1)))
    for axis in [0, 1, -1]:
        case(f'x.cumsum({axis})', [x], np.cumsum(x.astype(np.float64), axis))


def pairs():
    shapes = [((2, 3), (3,)), ((2, 1), (1, 3)), ((4, 1, 2), (3, 1)), ((), (2, 2)), ((1,), (3,)), ((2, 3), (2, 3))]
    for a, b in shapes:
        x, y = f(*a), f(*b)
        y = np.where(y == 0, np.float32(1), y)
        case('x.add(y)', [x, y], x + y)
        case('x.sub(y)', [x, y], x - y)
        case('x.mul(y)', [x, y], x * y)
        case('x.div(y)', [x, y], x / y)
        case('x.maximum(y)', [x, y], np.maximum(x, y))
        case('x.less(y)', [x, y], x < y)
        case('x.greaterEqual(y)', [x, y], x >= y)
    p, q = i(20), i(20, low=1)
    q = q * np.where(rng.rand(20) < 0.5, -1, 1).astype(np.int32)
    case('x.floorDivide(y)', [p, q], p // q)
    case('x.mod(y)', [p, q], p % q)
    case('x.floorDivide(y)', [p * np.float32(0.5), q], (p * np.float32(0.5)) // q.astype(np.float32))
    case('x.mod(y)', [p * np.float32(0.5), q], (p * np.float32(0.5)) % q.astype(np.float32))
    case('x.equal(y)', [p, q], p == q)
    case('x.notEqual(y)', [p, q], p != q)
    big = np.array([2**31 - 1, -2**31, 2**30, 65536], dtype=np.int32)
    with np.errstate(all='ignore'):
        case('x.add(y)', [big, big[::-1]], big + big[::-1])
        case('x.mul(y)', [big, big], big * big)
        case('x.sub(y)', [big, big[::-1]], big - big[::-1])
    t, u = np.array([True, True, False, False]), np.array([True, False, True, False])
    case('x.logicalAnd(y)', [t, u], t & u)
    case('x.logicalOr(y)', [t, u], t | u)
    case('x.logicalNot()', [t], ~t)
    case('x.logicalNot()', [np.array([0, 2, -1], dtype=np.int32)], np.logical_not([0, 2, -1]))


def shapes():
    x = f(2, 3, 4)
    case('x.reshape([4, -1])', [x], x.reshape(4, -1))
    case('x.flatten()', [x], x.reshape(-1))
    case('x.transpose()', [x], x.transpose())
    case('x.transpose([1, 2, 0])', [x], x.transpose(1, 2, 0))
    case('x.transpose([-1, 0, 1])', [x], x.transpose(-1, 0, 1))
    for axis in [0, 1, 3, -1, -4]:
        case(f'x.expandDims({axis})', [x], np.expand_dims(x, axis))
    y = f(1, 3, 1)
    for axis in [None, 0, -1, (0, 2)]:
        case(f'x.squeeze({js(axis)})', [y], np.squeeze(y, axis))
    case('x.broadcastTo([2, 3, 2])', [y], np.broadcast_to(y, (2, 3, 2)))
    case('x.slice([0, 1, 1], [2, 2, 2])', [x], x[0:2, 1:3, 1:3])
    case('x.slice([1, 2, 3], [2, 2, 2], [-1, -2, -3])', [x], x[1::-1, 2::-2, 3::-3])
    case('x.slice([0, 0, 0], [1, 2, 2], [1, 2, 3])', [x], x[0:1, 0::2, 0::3])
    case('x.pad([[1, 0], [0, 2], [1, 1]], 5)', [x], np.pad(x, [(1, 0), (0, 2), (1, 1)], constant_values=5))
    for axis in [None, 0, -1, (0, 1)]:
        case(f'x.flip({js(axis)})', [x], np.flip(x, axis))
    for reps in [[2], [2, 1, 3], [2, 1, 1, 2], [0, 1, 1]]:
        case(f'x.tile({js(reps)})', [x], np.tile(x, reps))
    for axis in [0, 1, -1]:
        case(f'x.repeat(3, {axis})', [x], np.repeat(x, 3, axis))
    a, b = f(2, 3), f(2, 2)
    case('concatenate([x, y], -1)', [a, b], np.concatenate([a, b], -1))
    c = f(2, 3)
    for axis in [0, 1, 2, -1, -2]:
        case(f'stack([x, y], {axis})', [a, c], np.stack([a, c], axis))
    case('where(x, y, z)', [a > 0, a, c], np.where(a > 0, a, c))
    case('where(x, y, z)', [a > 0, a[:1], np.float32(7)], np.where(a > 0, a[:1], np.float32(7)))


def reads():
    x = f(4, 3, 2)
    for shape in [(), (2,), (2, 3)]:
        for axis in [0, 1, -1]:
            index = i(*shape, low=-x.shape[axis], high=x.shape[axis]) if shape else np.int32(1)
            case(f'x.gather(y, {axis})', [x, index], np.take(x, index, axis))
    for axis in [0, 1, -1]:
        shape = list(x.shape)
        shape[axis] = 2
        index = i(*shape, low=0, high=x.shape[axis])
        case(f'x.takeAlongAxis(y, {axis})', [x, index], np.take_along_axis(x, index, axis))


def products():
    for a, b in [((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 4)), ((5, 2, 3), (3, 4)), ((5, 2, 3), (5, 3, 4)),
                 ((1, 2, 3), (5, 3, 4)), ((5, 1, 2, 3), (4, 3, 2)), ((2, 1, 2, 3), (1, 3, 3, 1)), ((3,), (4, 3, 2)),
                 ((4, 2, 3), (3,)), ((1, 1), (1, 1)), ((2, 0), (0, 3))]:
        x, y = f(*a), f(*b)
        case('x.matmul(y)', [x, y], np.matmul(x.astype(np.float64), y.astype(np.float64)))
    x, y = i(2, 3), i(3, 2)
    case('x.matmul(y)', [x, y], x @ y)
    x, y = f(2, 3, 4), f(2, 4, 5)
    case("einsum('b m k, b k n -> n b m', x, y)", [x, y], np.einsum('bmk,bkn->nbm', x.astype(np.float64), y.astype(np.float64)))
    case("einsum('b m k, b k n -> ', x, y)", [x, y], np.einsum('bmk,bkn->', x.astype(np.float64), y.astype(np.float64)))


def casts():
    x = np.array([1.9, -1.9, 0, -0.5, 300, 255.5], dtype=np.float32)
    case("x.cast('int32')", [x], x.astype(np.int32))
    case("x.cast('bool')", [x], x.astype(bool))
    t = np.array([True, False])
    case("x.cast('float32')", [t], t.astype(np.float32))
    case("x.cast('int32')", [t], t.astype(np.int32))


for part in [folds, pairs, shapes, reads, products, casts]:
    part()

printed = []


def show(a):
    a = np.asarray(a)
    printed.append({**write(a), 'text': str(a)})


def single(x):
    return np.array(x, dtype=np.float32)


for x in [3, 0.1, -0.0, 1e10, 1e16, 1.5e-5, 123456.78, 999999, 1e6, 1e-4, 9.9e-5, np.pi, np.nan, np.inf, -np.inf, 2**24, 2**-9]:
    show(single(x))
show(np.int32(7))
show(np.array(True))
rows = [[1, 2, 3], [1.5, 2.25, -3], [0.1, 0.2, 0.3], [1e-5, 1], [1e-4, 1e-3], [1e-3, 1.1], [1000, 1], [1001, 1], [999999, 1000],
        [1e6], [0, 0], [-0.0, 0], [np.nan, 1], [np.inf, 1.25], [-np.inf, 1.25], [np.nan], [-np.inf], [np.nan, np.inf, -np.inf, .5],
        [2**-9, 1], [3 * 2**-9, .5], [1 / 3, 2 / 3], [1e-10, -1], [1e30, 1e-30], [1e-45, 1], [3.4e38], [123456.789, 1000.5],
        [0.00123456, .5], [100, .1], [100, .09]]
for x in rows:
    show(single(x))
for shape in [(2, 2), (2, 3, 4), (3, 4), (2, 2, 2, 2), (30,), (3, 20)]:
    show(single(rng.randn(*shape)))
show(np.arange(40, dtype=np.int32) * 1000)
show(np.arange(-3, 3, dtype=np.int32).reshape(2, 3))
show(np.arange(5).astype(np.uint8) * 50)
show(np.array([True, False]))
show(np.array([[True], [True]]))
show(np.zeros((2, 0), np.float32))
show(np.zeros((1, 1, 1), np.float32))
for n in range(60):
    a = rng.randn(*rng.randint(1, 4, size=rng.randint(1, 4))) * 10.0 ** rng.randint(-6, 8)
    if n % 3 == 1:
        a = np.round(a, rng.randint(0, 4))
    if n % 3 == 2:
        a = rng.randint(-1000, 1000, size=a.shape) / 2.0 ** rng.randint(0, 12)
    if n % 7 == 0:
        a.flat[0] = np.nan
    show(single(a))
for name, found in [('numpy-cases', cases), ('printed', printed)]:
    (here / f'{name}.json').write_text('[\n' + ',\n'.join(json.dumps(c) for c in found) + '\n]\n')
print(len(cases), len(printed))
