// What a person with a thumb, a narrow window or large letters would stumble over.

const target_px = 24;

/**
 * What is to be pressed and is smaller than a thumb needs, in words; nothing: all is large enough. A link within a
 * sentence is as high as its line, and what a label stands around is as large as that.
 */
export const smallTargets = (page) =>
  page.evaluate((least) => {
    const kinds = 'a[href], button, input, select, textarea, summary, [role="button"], [role="switch"], [role="tab"], [role="checkbox"]';
    const isSeen = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !each.closest('[inert], [aria-hidden="true"], .sr-only, [class~="not-sr-only"]');
    const isInSentence = (each) => {
      if (getComputedStyle(each).display !== 'inline') return false;
      const around = [...each.parentElement.childNodes].filter((node) => node !== each && node.nodeType === Node.TEXT_NODE);
      return around.some((node) => /\p{L}{2}/u.test(node.textContent));
    };
    const found = new Set();
    for (const each of document.querySelectorAll(kinds)) {
      if (each.disabled || !isSeen(each) || isInSentence(each)) continue;
      const { width, height } = (each.closest('label') ?? each).getBoundingClientRect();
      // Only read out: a pixel, which is pressed by way of something else.
      if (width <= 2 || height <= 2 || (width + 0.5 >= least && height + 0.5 >= least)) continue;
      const name = (each.getAttribute('aria-label') ?? each.textContent ?? '').trim().slice(0, 40);
      found.add(`${each.localName} "${name}" is ${Math.round(width)} by ${Math.round(height)} px`);
    }
    return [...found];
  }, target_px);

/** What leaves the window sideways, in words; a table that scrolls by itself may. */
export const cutOff = (page) =>
  page.evaluate(() => {
    const scrolls = (each) => {
      for (let at = each; at && at !== document.body; at = at.parentElement)
        if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return true;
      return false;
    };
    const odd = [];
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 0) odd.push(`the page is ${wide} px too wide`);
    for (const each of document.querySelectorAll('main *, header *, nav *')) {
      const hasText = [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
      if (!hasText || !each.checkVisibility({ visibilityProperty: true }) || each.closest('.sr-only, svg')) continue;
      const { left, right, width } = each.getBoundingClientRect();
      if (width <= 2 || (left >= -1 && right <= innerWidth + 1) || scrolls(each)) continue;
      odd.push(`"${each.textContent.trim().slice(0, 40)}" is cut by ${Math.round(Math.max(right - innerWidth, -left))} px`);
    }
    return odd;
  });

/** A phone of the smallest kind, and a window of 1280 px with letters of twice their size. */
const narrow = [320, 640];

/** What is cut off in the narrowest windows; the page has its own width again afterwards. */
export const cutWhenNarrow = async (page) => {
  const before = page.viewportSize();
  const odd = [];
  for (const width of narrow) {
    await page.setViewportSize({ width, height: before.height });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    odd.push(...(await cutOff(page)).map((each) => `${width} px: ${each}`));
  }
  await page.setViewportSize(before);
  return odd;
};

/** How far what the page shows has jumped since it began, without anybody pressing anything. */
export const shiftOf = (page) =>
  page.evaluate(() => {
    const observer = new PerformanceObserver(() => undefined);
    observer.observe({ type: 'layout-shift', buffered: true });
    return observer.takeRecords().reduce((sum, each) => sum + (each.hadRecentInput ? 0 : each.value), 0);
  });
