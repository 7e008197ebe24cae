"""Figures of scikit-learn 1.9.1 that the tests compare with: `python test/estimators/figures.py > test/estimators/figures.json`.

`points.ts` makes the same data. Irises are those of `../shared/data/iris.csv`.
"""
import csv
import json
import warnings

import numpy as np
from sklearn.cluster import KMeans
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import (classification_report, confusion_matrix, mean_absolute_error, mean_squared_error,
                             r2_score, roc_auc_score, roc_curve)
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler

warnings.filterwarnings('ignore')


def uniforms(seed):
    state = seed
    while True:
        state = state * 16807 % 2147483647
        yield state / 2147483647


def around(centers, count, spread, seed):
    numbers = uniforms(seed)
    x, y = [], []
    for i in range(count):
        label = i % len(centers)
        x.append([c + spread * (next(numbers) + next(numbers) + next(numbers) - 1.5) for c in centers[label]])
        y.append(label)
    return np.array(x), np.array(y)


def plain(value):
    return value.tolist() if hasattr(value, 'tolist') else value


def kmeans(x, init, **options):
    found = KMeans(n_clusters=len(init) if not isinstance(init, str) else options.pop('k'), init=init, **options).fit(x)
    return {'inertia': found.inertia_, 'nIter': found.n_iter_, 'centers': plain(found.cluster_centers_),
            'labels': plain(found.labels_)}


def logistic(x, y, **options):
    found = LogisticRegression(**options).fit(x, y)
    return {'coef': plain(found.coef_), 'intercept': plain(found.intercept_), 'score': found.score(x, y),
            'proba': plain(found.predict_proba(x[::40])), 'nIter': int(found.n_iter_[0])}


def line(x, y, **options):
    found = LinearRegression(**options).fit(x, y)
    return {'coef': plain(found.coef_), 'intercept': plain(found.intercept_), 'score': found.score(x, y),
            'rank': int(found.rank_)}


def scaler(made, x, probe):
    found = made.fit(x)
    names = {'mean': 'mean_', 'variance': 'var_', 'scale': 'scale_', 'dataMin': 'data_min_', 'dataMax': 'data_max_'}
    figures = {name: plain(getattr(found, own)) for name, own in names.items() if hasattr(found, own)}
    return figures | {'transformed': plain(found.transform(probe))}


def curve(y, score, **options):
    fpr, tpr, thresholds = roc_curve(y, score, **options)
    return {'fpr': plain(fpr), 'tpr': plain(tpr), 'thresholds': plain(thresholds[1:])}


def sizes(n, **options):
    x = np.arange(n)
    try:
        a, b = train_test_split(x, **options)
        return [len(a), len(b)]
    except ValueError:
        return 'error'


with open('../shared/data/iris.csv') as file:
    rows = list(csv.reader(file))[1:]
irises = np.array([[float(v) for v in row[:4]] for row in rows])
kinds = np.unique([row[4] for row in rows], return_inverse=True)[1]
groups, labels = around([[0, 0], [4, 1], [1, 5], [5, 6]], 200, 2.5, 7)
far = [[0, 0], [1, 1], [100, 100], [200, 200]]
tight = dict(tol=1e-10, max_iter=100000)
table = np.array([[1, 5, 1e-3, 10], [2, 5, 2e-3, np.nan], [4, 5, 5e-3, -20], [9, 5, 7e-3, 40]])
probe = np.array([[3, 6, 4e-3, 0], [-1, 5, np.nan, 100.0]])
numbers = uniforms(3)
truth = np.array([int(next(numbers) * 4) for _ in range(40)])
guess = np.array([t if next(numbers) < 0.6 else int(next(numbers) * 4) for t in truth])
binary = np.array([int(next(numbers) < 0.4) for _ in range(30)])
score = np.array([round(0.3 * b + 0.7 * next(numbers), 1) for b in binary])
target = irises[:, 3]
# A third feature that is the sum of two others, but for the rounding of float32.
numbers = uniforms(11)
single = np.array([[next(numbers) * 10, next(numbers)] for _ in range(100)]).astype(np.float32)
rounded = np.c_[single, (single[:, 0] * np.float32(0.1) + single[:, 1]).astype(np.float32)]
answers = (2 * single[:, 0].astype(float) - single[:, 1] + np.array([next(numbers) for _ in range(100)])).astype(np.float32)
stratified = train_test_split(np.arange(23), test_size=7, stratify=[0] * 4 + [1] * 12 + [2] * 7, random_state=0)
strata = np.array([0] * 4 + [1] * 12 + [2] * 7)

text = json.dumps({
    'kmeans': {
        'groupsGiven': kmeans(groups, groups[:4], n_init=1),
        'groupsFirst': kmeans(groups, groups[[0, 4, 8, 12]], n_init=1, tol=0),
        'groupsEmpty': kmeans(groups, np.array(far, dtype=float), n_init=1),
        'groupsShort': kmeans(groups, groups[[0, 4, 8, 12]], n_init=1, max_iter=3),
        'groupsBest': kmeans(groups, 'k-means++', k=4, n_init=10, random_state=0),
        'irisGiven': kmeans(irises, irises[[0, 1, 2]], n_init=1),
        'irisEight': kmeans(irises, irises[::20], n_init=1),
        'irisBest': kmeans(irises, 'k-means++', k=3, n_init=10, random_state=0),
    },
    'logistic': {
        'iris': logistic(irises, kinds, **tight),
        'irisDefault': logistic(irises, kinds),
        'irisStrong': logistic(irises, kinds, C=0.01, **tight),
        'irisBinary': logistic(irises[:, :2], kinds == 2, C=10, **tight),
        'irisFree': logistic(irises[50:, :3], kinds[50:], C=np.inf, solver='newton-cholesky', tol=1e-12),
        'irisNoIntercept': logistic(irises, kinds, fit_intercept=False, **tight),
    },
    'linear': {
        'iris': line(irises[:, :3], target),
        'irisNoIntercept': line(irises[:, :3], target, fit_intercept=False),
        'irisDependent': line(np.c_[irises[:, :3], irises[:, 0] + irises[:, 1], np.ones(150)], target),
        'irisWide': line(irises[:3], target[[0, 60, 120]]),
        'irisTargets': line(irises[:, :2], irises[:, 2:]),
        'rounded': line(rounded, answers),
        'roundedExact': line(rounded.astype(float), answers.astype(float), tol=0),
        'large': line(np.array([[0], [1], [2], [3.5]]), 1e8 + np.array([0, 1, 2, 3])),
    },
    'scalers': {
        'standard': scaler(StandardScaler(), table, probe),
        'minMax': scaler(MinMaxScaler(), table, probe),
        'minMaxClipped': scaler(MinMaxScaler(feature_range=(-2, 3), clip=True), table, probe),
        'standardIris': scaler(StandardScaler(), irises, irises[:2]),
    },
    'scores': {
        'truth': plain(truth), 'guess': plain(guess), 'binary': plain(binary), 'score': plain(score),
        'confusion': plain(confusion_matrix(truth, guess)),
        'report': classification_report(truth, guess),
        'reportNamed': classification_report(truth, guess, target_names=['a', 'the second class', 'c', 'd'], digits=3),
        'reportUnseen': classification_report([0, 1, 1, 1, 1, 1, 1, 1], [0, 1, 1, 1, 1, 1, 1, 2], zero_division=0),
        'roc': curve(binary, score),
        'rocAll': curve(binary, score, drop_intermediate=False),
        'auc': roc_auc_score(binary, score),
        'mae': mean_absolute_error(irises[:, 0], irises[:, 1]),
        'mse': mean_squared_error(irises[:, 0], irises[:, 1]),
        'r2': r2_score(irises[:, 0], irises[:, 2]),
        'r2Targets': r2_score(irises[:, :2], irises[:, 2:]),
    },
    'split': {
        'sizes': [[n, t, sizes(n, test_size=t)] for n in (3, 10, 11, 150) for t in (0.1, 0.25, 0.5, 0.9, 1, 2, 10, 151)],
        'trainSizes': [[n, t, sizes(n, train_size=t)] for n in (3, 10, 11) for t in (0.1, 0.25, 0.9, 1, 2, 10)],
        'stratified': [plain(np.bincount(strata[part])) for part in stratified],
    },
}, separators=(",", ":"))
print(text.replace("NaN", "null"))
