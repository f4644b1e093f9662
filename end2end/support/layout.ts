/** What a person would call broken, measured. Each function answers what it found, best nothing. */

import type { Page } from '@playwright/test';

/** Waits until the page is drawn as it is now. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Whether the page, or any text that nobody can scroll to, lies outside of the window. */
export async function outside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide in ${root.clientWidth}`);
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (!own || element.closest('.visually-hidden, .skip, svg, [popover]:not(:popover-open)')) continue;
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const { left, right, width } = element.getBoundingClientRect();
      const scrolls = (at: Element | null): boolean =>
        at !== null && (/auto|scroll/.test(getComputedStyle(at).overflowX) || scrolls(at.parentElement));
      if (width > 0 && (left < -1 || right > root.clientWidth + 1) && !scrolls(element)) {
        found.push(`${element.tagName}.${element.className}: ${element.textContent?.trim().slice(0, 40)} at ${Math.round(left)} to ${Math.round(right)}`);
      }
    }
    return found;
  });
}

/** Texts of which a part is not shown, unless they are of a customer's and whole in their title. */
export async function cut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const clips = (style: CSSStyleDeclaration) => /hidden|clip/.test(style.overflowX) || /hidden|clip/.test(style.overflowY);
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (element.closest('.visually-hidden, svg, select, [popover]:not(:popover-open)')) continue;
      const texts = [...element.childNodes].filter((node) => node.nodeType === 3 && node.textContent?.trim());
      if (texts.length === 0 || !element.checkVisibility({ visibilityProperty: true })) continue;
      // Only for those who hear it.
      if (getComputedStyle(element).clipPath === 'inset(50%)') continue;
      for (const text of texts) {
        const range = document.createRange();
        range.selectNodeContents(text);
        const area = range.getBoundingClientRect();
        for (let at: HTMLElement | null = element; at && at !== document.body; at = at.parentElement) {
          const style = getComputedStyle(at);
          if (!clips(style) || /auto|scroll/.test(style.overflowX + style.overflowY)) {
            if (/auto|scroll/.test(style.overflowX + style.overflowY)) break;
            continue;
          }
          const edge = at.getBoundingClientRect();
          const past = Math.max(edge.left - area.left, area.right - edge.right, edge.top - area.top, area.bottom - edge.bottom);
          if (past > 1.5 && !element.closest('[title]')) {
            found.push(`${element.tagName}.${element.className}: ${text.textContent?.trim().slice(0, 50)} by ${Math.round(past)} px in ${at.tagName}.${at.className}`);
            break;
          }
        }
      }
    }
    return found;
  });
}

/** Controls that a finger of 44 px does not hit. Links within a sentence may be as high as their line. */
export async function small(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const top = document.querySelector('dialog:modal, [popover]:popover-open') ?? document.body;
    const controls = top.querySelectorAll<HTMLElement>('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=menuitem]');
    for (const control of controls) {
      const target = control.matches('[type=radio], [type=checkbox]') ? (control.closest('label') ?? control) : control;
      if (target.closest('.skip, .visually-hidden') || !target.checkVisibility({ visibilityProperty: true })) continue;
      const inline = getComputedStyle(target).display === 'inline' && target.parentElement?.textContent?.trim() !== target.textContent?.trim();
      if (inline && target.closest('p, blockquote')) continue;
      target.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      const { left, top: upper, width, height } = target.getBoundingClientRect();
      if (width === 0) continue;
      const [x, y] = [left + width / 2, upper + height / 2];
      const hits = (at: number, to: number) => {
        const hit = document.elementFromPoint(at, to);
        return hit !== null && (target.contains(hit) || hit.contains(target) === false && hit.closest('label') === target);
      };
      const enough = (width >= 44 || (hits(x - 21, y) && hits(x + 21, y))) && (height >= 44 || (hits(x, y - 21) && hits(x, y + 21)));
      if (!enough) {
        const name = control.getAttribute('aria-label') ?? control.textContent?.trim() ?? '';
        found.push(`${control.tagName}.${control.className} ${control.getAttribute('name') ?? ''} ${name.slice(0, 40)}: ${Math.round(width)} x ${Math.round(height)}`);
      }
    }
    return [...new Set(found)];
  });
}

/** Everything that is read: texts, names, titles. */
export async function said(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      // Whatever somebody typed stands in an element that takes its direction from it; keys are called what is on them; and what a
      // customer reads is in the customer's language.
      if (parent && !parent.closest('script, style, template, code, noscript, kbd, [dir="auto"], body [lang]')) found.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('body *:not([dir="auto"])')) {
      for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'data-label', 'data-busy']) {
        found.push(element.getAttribute(name) ?? '');
      }
    }
    return [...new Set(found.map((text) => text.trim()).filter(Boolean))];
  });
}
