/** Whether a page is valid, by two checkers that nobody here wrote: html-validate and the Nu checker of the W3C. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // As cards on a narrow window, tables and lists lose their meaning in some browsers unless their roles are written down.
    // And code that scrolls is a region, but no section.
    'no-redundant-role': 'off',
    'prefer-native-element': ['error', { exclude: ['list', 'table', 'row', 'cell', 'dialog', 'region'] }],
    // A step of a list may have a name, as its heading says it.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // An empty and an absent value are the same to every parser.
    'attribute-empty-style': 'off',
    // The ticks of several cards have one name: only the chosen card's is shown, and its value says which it is.
    'form-dup-name': ['error', { allowCheckboxDefault: true, shared: ['radio', 'checkbox', 'submit'] }],
  },
});

/** What the Nu checker says of roles on the parts of a table, for the reason given above. */
const roles = /^The “role” attribute must not be used on a “(tr|th|td)” element which has a “table” ancestor/;

interface NuMessage {
  type: string;
  url: string;
  message: string;
  extract?: string;
}

/** Takes away the markers by which leptos finds its place again: no checker knows `<!>`. */
export function withoutMarkers(page: string): string {
  return page.replaceAll('<!>', '');
}

/** What is wrong with these pages, by their names; empty when nothing is. */
export async function faults(pages: Record<string, string>): Promise<string[]> {
  const found: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'panel-markup-'));
  const files: string[] = [];
  for (const [name, page] of Object.entries(pages)) {
    const text = withoutMarkers(page);
    const report = await validator.validateString(text, name);
    for (const { messages } of report.results) {
      // Where no script can ask, the suspended page is loaded again.
      const awaited = messages.filter(({ ruleId, selector }) => ruleId !== 'meta-refresh' || !selector?.endsWith('noscript > meta'));
      for (const { ruleId, message, selector } of awaited) found.push(`${name}: ${ruleId}: ${message} (${selector ?? ''})`);
    }
    const file = join(folder, `${name}.html`);
    writeFileSync(file, text);
    files.push(file);
  }
  const jar = join(__dirname, '../node_modules/vnu-jar/build/dist/vnu.jar');
  const said = execFileSync('java', ['-jar', jar, '--format', 'json', '--exit-zero-always', '--stdout', ...files], { encoding: 'utf8', maxBuffer: 64e6 });
  for (const { type, url, message, extract } of (JSON.parse(said) as { messages: NuMessage[] }).messages) {
    if (type === 'error' && !roles.test(message)) found.push(`${basename(url)}: Nu: ${message} (${extract ?? ''})`);
  }
  rmSync(folder, { recursive: true });
  return found;
}
