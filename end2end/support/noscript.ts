/** The same panel in a browser with scripts off. */

import { test as scripted } from './panel';

export const test = scripted.extend({ javaScriptEnabled: false });
export { expect, listOf, message } from './panel';
export type { Locator, Page } from '@playwright/test';
