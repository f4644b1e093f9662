/** A panel works with scripts and without: what must hold in both is written once. */

import { test as scripted } from './panel';
import { test as unscripted } from './noscript';

export const ways = [
  { way: 'with scripts', test: scripted },
  { way: 'without scripts', test: unscripted },
] as const;
