// What a look at a page would find: an id where a name belongs, a chosen tab out of sight.

/** What is odd about the page as it is shown, in words; nothing: all is well. */
export const oddLooks = (page) =>
  page.evaluate(() => {
    const odd = [];
    const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // In code it is meant to be copied.
      if (!id.test(node.textContent) || node.parentElement.closest('code, pre, script, style, textarea')) continue;
      odd.push(`nobody reads the id in "${node.textContent.trim().slice(0, 80)}"`);
    }
    for (const current of document.querySelectorAll('main nav [aria-current="page"]')) {
      const [outer, inner] = [current.closest('nav').getBoundingClientRect(), current.getBoundingClientRect()];
      if (inner.left < outer.left - 1 || inner.right > outer.right + 1)
        odd.push(`the chosen tab "${current.textContent.trim()}" is out of sight`);
    }
    return odd;
  });
