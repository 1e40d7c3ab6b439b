// What a person with a thumb, a narrow window or large letters would stumble over.

const pointer_px = 24;
const thumb_px = 44;
const phone_px = 640;

/**
 * What is to be pressed and is smaller than it has to be, in words; nothing: all is large enough, which is 44 px on a
 * phone. What counts is where a press arrives, not what is drawn: a small mark may reach further. A link within a
 * sentence is as high as its line, what a label stands around is as large as that, and what is within a row that is
 * pressed as a whole is reached by the row. `within`: what is looked at; what lies under it is not to be pressed now.
 */
export const smallTargets = async (page, within = 'body') => {
  const least = page.viewportSize().width < phone_px ? thumb_px : pointer_px;
  // In the page; it ends where it began, so that pictures and scrolling are as before.
  return page.evaluate(([least_px, around]) => {
    const kinds =
      'a[href], button, input, select, textarea, summary, [role="button"], [role="switch"], [role="tab"], ' +
      '[role="checkbox"], [role^="menuitem"], [role="option"]';
    const isSeen = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !each.closest('[inert], [aria-hidden="true"], .sr-only, [class~="not-sr-only"]');
    const isInSentence = (each) => {
      if (!getComputedStyle(each).display.startsWith('inline')) return false;
      const around = [...each.parentElement.childNodes].filter((node) => node !== each && node.nodeType === Node.TEXT_NODE);
      return around.some((node) => /\p{L}{2}/u.test(node.textContent));
    };
    const scrolled = [...document.querySelectorAll('*')]
      .filter((each) => each.scrollTop || each.scrollLeft)
      .map((each) => [each, each.scrollTop, each.scrollLeft]);
    const found = new Set();
    const checkOne = (each) => {
      const target = each.closest('label') ?? each;
      const drawn = target.getBoundingClientRect();
      // Only read out: a pixel, which is pressed by way of something else.
      if (drawn.width <= 2 || drawn.height <= 2) return;
      if (drawn.width + 0.5 >= least_px && drawn.height + 0.5 >= least_px) return;
      target.scrollIntoView({ block: 'center', inline: 'center' });
      const { left, top, width, height } = target.getBoundingClientRect();
      const arrives = (x, y) => {
        const at = document.elementFromPoint(x, y);
        return at !== null && (target.contains(at) || at.control === each);
      };
      /** How far presses arrive from the middle on, in both directions together. */
      const reach = (stepX, stepY, size) => {
        const [x, y] = [left + width / 2, top + height / 2];
        if (!arrives(x, y)) return size;
        let [before, behind] = [0, 0];
        while (before < least_px && arrives(x - stepX * (before + 1), y - stepY * (before + 1))) before += 1;
        while (behind < least_px && arrives(x + stepX * (behind + 1), y + stepY * (behind + 1))) behind += 1;
        return Math.max(size, before + behind + 1);
      };
      const [wide, high] = [reach(1, 0, width), reach(0, 1, height)];
      if (wide + 0.5 >= least_px && high + 0.5 >= least_px) return;
      const name = (each.getAttribute('aria-label') ?? each.textContent ?? '').trim().slice(0, 40);
      found.add(`${each.localName} "${name}" is ${Math.round(wide)} by ${Math.round(high)} px`);
    };
    for (const each of document.querySelectorAll(kinds)) {
      if (each.closest(around) && !each.disabled && isSeen(each) && !isInSentence(each)) checkOne(each);
    }
    for (const each of document.querySelectorAll('*')) {
      if (each.scrollTop || each.scrollLeft) each.scrollTo({ top: 0, left: 0, behavior: 'instant' });
    }
    for (const [each, top, left] of scrolled) each.scrollTo({ top, left, behavior: 'instant' });
    return [...found];
  }, [least, within]);
};

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
