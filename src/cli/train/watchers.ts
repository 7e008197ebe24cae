/** Who is told how the training goes. */

import type { CallbackLike } from '../../index.js';
import { Dashboard } from '../../plot/terminal/dashboard/dashboard.js';
import type { Surroundings } from '../surroundings.js';

/** Curves in a terminal, a line an epoch elsewhere, nothing where nobody watches. */
export const watchers = ({ progress }: Surroundings): CallbackLike[] => (progress ? [new Dashboard()] : []);
